"""A bare number that is an age by where it stands: "57, on warfarin, INR 6", "... normal. 41, feel ok", "F41".

Looked for only where no age is written in words: a number of two digits, from 18, that opens the text or a sentence, or
stands between commas, and goes on with a person and not with a unit.
"""

from __future__ import annotations

import re

_AGE = r"(?:1[89]|[2-9]\d)"
_TESTS = r"(?:inr|tsh|bp|k|hba1c|a1c|ferritin|b12|hb|potassium|egfr|vit|vitamin|blood)"
# What is said of a person straight behind the age.
_PERSON = (
    r"(?:on (?!my |the |a |an |it )|taking|takes|feel|feels|feeling|felt|bit|slightly|very|quite|well|fit"
    r"|healthy|otherwise"
    r"|overweight|obese|not|no|never|non|smoker|ex|vegan|vegetarian|diabetic|pregnant|female|male|woman|man|lady|retired"
    r"|tired|married|mum of|mother of|my|i\b|i'm|im\b|ive|with (?!no unit)|known|history|pmh|previously|asymptomatic"
    r"|symptom|lives|active|white|black|asian|menopausal|postmenopausal|post)"
)
# "I am 20 weeks pregnant", "im 48 mmol/mol now": what makes another number of it.
_NO_AGE = (
    r"(?:weeks?|wks?|days?|months?|hours?|hrs?|mins?|minutes?|kgs?\b|kilos?|lbs?\b|pounds|stones?|st\b|cms?\b|inch|mg\b"
    r"|mcg|ug\b|ml\b|units?\b|iu\b|mmol|nmol|pmol|g/|percent|per\b|times|miles|points|over\b|under\b|above|below|to\b"
    r"|out of|years?|yrs?)"
)
BARE_AGE = re.compile(
    # "57, on warfarin", "63 and on warfarin", "61, INR 5": it opens the text.
    rf"^\s*(?:(?:hi|hello|hey|dear doctor|dear doc)[,.!]?\s)?(?P<opens>{_AGE})"
    rf"(?=,\s(?:{_PERSON}|{_TESTS}\b)|\s(?:on (?!my |the |a |an )|and on\b|here\b|with (?!no unit)|takes\b|taking\b))"
    # "... first time tested. 41, feel ok": it opens a sentence; "12. 41, on iron now" is the next value.
    rf"|(?<=[.;!?]\s)(?P<sentence>{_AGE}),\s(?={_PERSON})(?!on [a-z]+ now\b)"
    rf"|(?<=,\s)(?P<between>{_AGE}),\s(?={_PERSON})(?!on [a-z]+ now\b)"
    rf"|(?:^|(?<=[.;,:]\s))[fm](?P<glued>{_AGE})(?=[,;]|\s|\.(?!\d)|$)"
    rf"|(?:^|(?<=[.;,]\s))[fm]\s(?P<apart>{_AGE})(?=\s?$)"
    rf"|\b(?:i am|i'm|im)\s(?P<am>[1-9]\d)(?=[,.;:!?]?(?:\s(?!{_NO_AGE})[a-z]|\s*$))"
    rf"|(?:^|(?<=[.;,]\s))am\s(?P<short>{_AGE})(?=,|\sand\b)"
    rf"|\b(?:i've|ive|she's|he's|have|has) (?:just |recently |now )?turned (?P<turned>{_AGE})\b(?! degrees)"
    rf"|^(?P<years>{_AGE})\s?(?:yrs?|years?)(?=\s?[,.;])"
    rf"|(?<![\d.,/-])\b(?P<sexed>{_AGE}) (?:female|male|woman|man|lady|gentleman)\b"
)
