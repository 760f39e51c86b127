"""Where everything is put together: settings become resources, and these become the bot."""
