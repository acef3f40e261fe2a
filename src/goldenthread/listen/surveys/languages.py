"""Languages in which a survey can be asked besides English, each by its own name."""

from typing import Final

from django.utils.translation import gettext_noop as marked

LANGUAGES: Final = {
    "cy": "Cymraeg",
    "gd": "Gàidhlig",
    "ga": "Gaeilge",
    "ar": "العربية",
    "bn": "বাংলা",
    "zh": "中文",
    "fa": "فارسی",
    "fr": "Français",
    "gu": "ગુજરાતી",
    "lt": "Lietuvių",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "pa": "ਪੰਜਾਬੀ",
    "ro": "Română",
    "so": "Soomaali",
    "es": "Español",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
}
NAMES: Final = {
    "cy": marked("Welsh"),
    "gd": marked("Scottish Gaelic"),
    "ga": marked("Irish"),
    "ar": marked("Arabic"),
    "bn": marked("Bengali"),
    "zh": marked("Chinese"),
    "fa": marked("Farsi"),
    "fr": marked("French"),
    "gu": marked("Gujarati"),
    "lt": marked("Lithuanian"),
    "pl": marked("Polish"),
    "ps": marked("Pashto"),
    "pt": marked("Portuguese"),
    "pa": marked("Punjabi"),
    "ro": marked("Romanian"),
    "so": marked("Somali"),
    "es": marked("Spanish"),
    "ti": marked("Tigrinya"),
    "tr": marked("Turkish"),
    "uk": marked("Ukrainian"),
    "ur": marked("Urdu"),
    "vi": marked("Vietnamese"),
}
