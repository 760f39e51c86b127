// The emoji that a workplace bot is likely to use, by Slack's names. Others keep their :name:.

const NAMES = {
  "✅": "white_check_mark", "☑️": "ballot_box_with_check", "✔️": "heavy_check_mark", "❌": "x", "❎": "negative_squared_cross_mark",
  "⚠️": "warning", "🚨": "rotating_light", "⛔": "no_entry", "🚫": "no_entry_sign", "❗": "exclamation heavy_exclamation_mark",
  "❓": "question", "ℹ️": "information_source", "💡": "bulb", "🔴": "red_circle", "🟠": "large_orange_circle",
  "🟡": "large_yellow_circle", "🟢": "large_green_circle", "🔵": "large_blue_circle blue_circle", "🟣": "large_purple_circle",
  "⚪": "white_circle", "⚫": "black_circle", "🟥": "large_red_square", "🟧": "large_orange_square", "🟨": "large_yellow_square",
  "🟩": "large_green_square", "🟦": "large_blue_square", "⬜": "white_large_square", "⬛": "black_large_square",
  "📊": "bar_chart", "📈": "chart_with_upwards_trend", "📉": "chart_with_downwards_trend", "📅": "date calendar", "📆": "spiral_calendar_pad",
  "🗓️": "spiral_calendar", "⏰": "alarm_clock", "⏳": "hourglass_flowing_sand", "⌛": "hourglass", "⏱️": "stopwatch", "🕘": "clock9",
  "🕐": "clock1", "📄": "page_facing_up", "📃": "page_with_curl", "📎": "paperclip", "📁": "file_folder", "📂": "open_file_folder",
  "🗂️": "card_index_dividers", "📋": "clipboard", "📝": "memo pencil", "✏️": "pencil2", "📌": "pushpin", "📍": "round_pushpin",
  "🔗": "link", "🔒": "lock", "🔓": "unlock", "🔑": "key", "🔍": "mag", "🔎": "mag_right", "🔔": "bell", "🔕": "no_bell",
  "🔁": "repeat", "🔄": "arrows_counterclockwise", "➡️": "arrow_right", "⬅️": "arrow_left", "⬆️": "arrow_up", "⬇️": "arrow_down",
  "↗️": "arrow_upper_right", "↘️": "arrow_lower_right", "🔼": "arrow_up_small", "🔽": "arrow_down_small", "➕": "heavy_plus_sign",
  "➖": "heavy_minus_sign", "▶️": "arrow_forward", "⏸️": "double_vertical_bar", "⏹️": "black_square_for_stop", "⏭️": "black_right_pointing_double_triangle_with_vertical_bar",
  "🎉": "tada", "🥳": "partying_face", "🏆": "trophy", "🥇": "first_place_medal", "🎓": "mortar_board", "🎯": "dart", "🚀": "rocket",
  "⭐": "star", "🌟": "star2", "✨": "sparkles", "🔥": "fire", "💯": "100", "👍": "+1 thumbsup", "👎": "-1 thumbsdown", "👋": "wave",
  "👏": "clap", "🙌": "raised_hands", "🙏": "pray", "💪": "muscle", "👀": "eyes", "👉": "point_right", "👈": "point_left", "👇": "point_down",
  "👤": "bust_in_silhouette", "👥": "busts_in_silhouette", "🤖": "robot_face", "🧑‍🏫": "teacher", "👷": "construction_worker",
  "🙂": "slightly_smiling_face", "😀": "grinning", "😄": "smile", "😅": "sweat_smile", "😉": "wink", "😊": "blush", "😐": "neutral_face",
  "😕": "confused", "😢": "cry", "😭": "sob", "😱": "scream", "😴": "sleeping zzz_face", "💤": "zzz", "🤔": "thinking_face", "😎": "sunglasses",
  "❤️": "heart", "💙": "blue_heart", "💚": "green_heart", "💔": "broken_heart", "💬": "speech_balloon", "🗨️": "left_speech_bubble",
  "📣": "mega", "📢": "loudspeaker", "✉️": "email envelope", "📧": "e-mail", "📨": "incoming_envelope", "📥": "inbox_tray", "📤": "outbox_tray",
  "📦": "package", "🛠️": "hammer_and_wrench", "🔧": "wrench", "⚙️": "gear", "🧰": "toolbox", "🧪": "test_tube", "🐛": "bug", "🩹": "adhesive_bandage",
  "⚡": "zap", "☀️": "sunny", "☁️": "cloud", "🌧️": "rain_cloud", "❄️": "snowflake", "🌍": "earth_africa", "🌐": "globe_with_meridians", "🗺️": "world_map",
  "🏠": "house", "🏢": "office", "🏗️": "building_construction", "🏭": "factory", "🚧": "construction", "🚒": "fire_engine", "🚑": "ambulance",
  "🩺": "stethoscope", "📷": "camera", "🖼️": "frame_with_picture", "🎥": "movie_camera", "📺": "tv", "💻": "computer", "📱": "iphone", "📞": "telephone_receiver",
  "💾": "floppy_disk", "🗑️": "wastebasket", "🧾": "receipt", "💰": "moneybag", "🎫": "ticket", "🎟️": "admission_tickets", "🎤": "microphone", "🪄": "magic_wand",
  "🆕": "new", "🆗": "ok", "🆘": "sos", "🔟": "keycap_ten", "1️⃣": "one", "2️⃣": "two", "3️⃣": "three", "4️⃣": "four", "5️⃣": "five",
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([character, names]) => names.split(" ").map((name) => [name, character])),
);

/** The character of a name without colons (a skin tone is ignored), or null. */
export function emoji(name) {
  return BY_NAME.get(name.replace(/::skin-tone-\d$/, "")) ?? null;
}

/** Text with every known :name: turned into its character. */
export function withEmoji(text) {
  return String(text).replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/g, (token, name) => emoji(name) ?? token);
}
