"""What Flowbot is shipped with: image, compose file, units and manifests."""
