"""Language codes: what documents write ("de", "de-AT", "deu") as the three letters PubMed uses ("ger")."""

from __future__ import annotations

ENGLISH = "eng"
UNDETERMINED = "und"

_TWO = {
    "ar": "ara", "bg": "bul", "bs": "bos", "ca": "cat", "cs": "cze", "cy": "wel", "da": "dan", "de": "ger", "el": "gre",
    "en": "eng", "es": "spa", "et": "est", "eu": "baq", "fa": "per", "fi": "fin", "fr": "fre", "ga": "gle", "he": "heb",
    "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "is": "ice", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit",
    "lv": "lav", "ms": "may", "nb": "nor", "nl": "dut", "nn": "nor", "no": "nor", "pl": "pol", "pt": "por", "ro": "rum",
    "ru": "rus", "sk": "slo", "sl": "slv", "sq": "alb", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr",
    "ur": "urd", "vi": "vie", "zh": "chi",
}  # fmt: skip
_THREE = {
    "ces": "cze", "cym": "wel", "deu": "ger", "ell": "gre", "eus": "baq", "fas": "per", "fra": "fre", "isl": "ice",
    "msa": "may", "nld": "dut", "ron": "rum", "slk": "slo", "sqi": "alb", "zho": "chi",
}  # fmt: skip


def language_code(written: str) -> str:
    """The ISO 639-2 code in the form PubMed uses, "und" for a language not known here, "" when nothing is written."""
    primary = written.strip().lower().replace("_", "-").split("-")[0]
    if not primary:
        return ""
    if len(primary) == 3:  # noqa: PLR2004 - letters of ISO 639-2
        return _THREE.get(primary, primary) if primary.isalpha() else UNDETERMINED
    return _TWO.get(primary, UNDETERMINED)


def passage_language(code: str) -> str:
    """The code as a passage holds it: "" for English."""
    return "" if code == ENGLISH else code
