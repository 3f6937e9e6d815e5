"""The words of vital signs and of height: what names each, what may stand before its number, and what is a limit."""

from __future__ import annotations

import re

_SAID = (
    r"(?:is|was|are|were|of|at|to|from|now|currently|today|still|about|around|approximately|only|up|down|runs?|running"
    r"|reads?|reading|reads|shows?|says|said|showing|measured|came|back|shoots|shot|goes|went|rises|rose|drops|dropped"
    r"|fell|recorded|documented|registered|noted|calculated|holding|as|a|on|room|air|ambient|breathing|ra|been|has|had|my|low|high|resting|reg|level|levels)"
)
GAP = rf"(?:[ \t]*[:=,(~-]|[ \t]+{_SAID}\b){{0,6}}[ \t]*[:=(~]?[ \t]*"
"""What may stand between a name and its number: marks and small words on one line."""
_COUNTED = r"(?![ ]?(?:mg|mcg|ng|ml|l\b|iu|units|days?|hours?|hrs?|weeks?|wks?|months?|years?|yrs?|yo\b|times|s\b))"
_END = rf"(?![\d/]*[\d](?<!/)|\.\d|/\d){_COUNTED}"
_PER_MINUTE = r"(?:[ ]?(?:bpm|/[ ]?min(?:ute)?|(?:beats|breaths)?[ ]?(?:per|a|/)[ ]?min(?:ute)?)\b)?"
_PLAIN_END = rf"(?![\d%]|\.\d|/\d|[ ]?/[ ]?\d){_COUNTED}"

HEART = re.compile(
    r"\b(?:(?<!\d )(?<!\d)(?:hr|h\.r\.)|heart[ -]?rate|pulse(?: rate)?|ventricular rate|heart ?beat)\b"
    rf"{GAP}(?P<value>\d{{2,3}}){_PLAIN_END}(?P<tail>{_PER_MINUTE})"
)
HEART_BEHIND = re.compile(r"(?<![\d.,/-])(?P<value>\d{2,3})[ ]?(?:bpm|beats[ ]?(?:per|a|/)[ ]?min(?:ute)?)\b(?P<tail>)")
HEART_AT = re.compile(
    r"\b(?:heart|pulse)(?: rate)?(?: (?:is|was|s|keeps|has been))? (?:racing|pounding|beating|going|thumping|running) "
    rf"(?:at|around|about) (?P<value>\d{{3}}){_PLAIN_END}(?P<tail>{_PER_MINUTE})"
)
"""A heart that is said to race "at 170": three digits, so that no time of day is read."""
BREATHS = re.compile(
    r"\b(?:respiratory rate|resp(?:iration)?s?(?: rate)?|rr|breathing rate|breaths)\b"
    rf"{GAP}(?P<value>\d{{1,2}}){_PLAIN_END}(?P<tail>{_PER_MINUTE})"
)
BREATHS_BEHIND = re.compile(r"(?<![\d.,/-])(?P<value>\d{1,2})[ ]?breaths[ ]?(?:per|a|/)[ ]?min(?:ute)?\b(?P<tail>)")
BREATHS_TIMES = re.compile(
    r"\bbreath(?:ing|es)[ ](?P<value>\d{1,2})[ ]times[ ](?:a|per|every)[ ]min(?:ute)?\b(?P<tail>)"
)
ALL_BREATHS = (BREATHS, BREATHS_BEHIND, BREATHS_TIMES)
OXYGEN = re.compile(
    r"(?<!transferrin )(?<!transferin )(?<!iron )(?<!tf )(?<!\bt )"
    r"\b(?:spo2|sp02|sao2|o2[ -]?sat(?:uration)?s?|oxygen(?:[ -]sat(?:uration)?s?)?|sats|o2|saturations?"
    rf"|pulse ox(?:imetry|imeter)?)\b{GAP}(?P<value>\d{{2,3}})(?:\.\d)?(?![\d/]|\.\d){_COUNTED}(?P<tail>[ ]?%?)"
)
_DEGREES = r"(?P<tail>[ ]?(?:[\u00b0\u00ba]|degrees?\b|deg\b)?[ ]?(?:(?P<scale>c|f)(?:elsius|entigrade|ahrenheit)?\b)?)"
TEMPERATURE = re.compile(
    rf"(?<!room )(?<!water )\b(?:temp(?:erature)?s?|tmax|fever)\b{GAP}"
    rf"(?P<value>\d{{2,3}}(?:\.\d{{1,2}})?)(?![\d%/]|\.\d){_COUNTED}{_DEGREES}"
)
TEMPERATURE_ALONE = re.compile(
    r"(?<![\d.,/-])(?P<value>\d{2,3}(?:\.\d{1,2})?)"
    r"(?P<tail>[ ]?(?:[\u00b0\u00ba]|degrees?|deg)[ ]?(?P<scale>c|f)(?:elsius|entigrade|ahrenheit)?\b)"
)
TEMPERATURE_BEHIND = re.compile(
    r"(?:(?<=\ba )|(?<=\bwith )|(?<=\band )|(?<=\bhas )|(?<=\bhad )|(?<=\bgot )|(?<=, )|^)"
    r"(?P<value>(?:3[5-9]|4[0-2]|9[5-9]|10[0-8])(?:\.\d)?)"
    r"(?P<tail>[ ]?(?:[\u00b0\u00ba]|degrees?\b|deg\b)?[ ]?(?:(?P<scale>c|f)\b)?[ ](?:temp(?:erature)?|fever)\b)"
    r"(?![ :=]*(?:(?:of|is|was)[ ])?\d)"
)
ALL_TEMPERATURES = (TEMPERATURE, TEMPERATURE_BEHIND, TEMPERATURE_ALONE)
"""One number before its name: "a 38.6 temperature"; behind another name it belongs to that."""
BMI = re.compile(
    rf"\b(?:bmi|body mass index)(?: \(bmi\))?{GAP}(?P<value>\d{{2}}(?:\.\d{{1,2}})?)(?![\d%/]|\.\d){_COUNTED}"
    r"(?P<tail>[ ]?(?:kg[ ]?/[ ]?m(?:2|\^2|\u00b2))?)"
)
LETTERS = {
    "heart_rate": re.compile(r"(?<![\w.])P:? ?(?P<value>\d{2,3})(?![\d%/]|\.\d)(?P<tail>(?:/min)?)"),
    "respiratory_rate": re.compile(r"(?<![\w.])R:? ?(?P<value>\d{1,2})(?![\d%/]|\.\d)(?P<tail>(?:/min)?)"),
    "temperature": re.compile(
        # In small letters only before what can be nothing else: "t38.4", "t 102.4f".
        r"(?<![\w.])(?:T|t(?=:? ?(?:(?:3[5-9]|4[0-2])\.\d|(?:9\d|10\d)(?:\.\d)? ?[\u00b0\u00ba]?f\b))):? ?"
        r"(?P<value>\d{2,3}(?:\.\d{1,2})?)(?![\d%/]|\.\d)(?P<tail>[ ]?[\u00b0\u00ba]?[ ]?(?:(?P<scale>[CFcf])\b)?)"
    ),
}
"""A capital letter alone names a vital sign in a list of them: "T 38.9, P 110, R 20"."""
NAMED = re.compile(
    r"\b(?:bp|hr|rr|spo2|sats|obs|vitals?|temp|pulse|respirations|vs|news2?|curb|afebrile)\b|\b\d{2,3}/\d{2,3}\b"
    r"|(?<![\w.])t:? ?(?:3\d\.\d|(?:9\d|10\d)(?:\.\d)? ?[\u00b0\u00ba]?f\b)"
)
"""Words that say that the text lists vital signs."""
ONWARD = re.compile(
    r"(?:[ ]?(?:->|\u2192|=>|,|;|\(|\)|\b(?:to|then|but|and|now|is|it|its|down|up|yesterday|today|tonight|earlier"
    r"|last night|overnight|this (?:morning|evening|afternoon))\b)){1,5}[ ]?(?P<value>\d{2,3}(?:\.\d{1,2})?)"
    r"(?![\d%/]*[a-z%/]*\d|[ ]?/)"
)
MOVED = re.compile(r"->|\u2192|=>|\b(?:to|then|now|today|tonight)\b")
LIMIT = re.compile(
    r"(?:\b(?:targets?|goal|max(?:imum)?|ideal|aim(?:ing)?|threshold|should be|limit|what|if|when|whether)\b"
    r"[^.;!?\n]{0,30}|\b(?:over|above|under|below|more than|less than)[ ]?)$"
)
"""It is a limit, an aim or a condition that is named, not what was measured."""

NORMAL = re.compile(r"\bnormal (?:resting |body )?$")
"""A normal value is named, unless "of" gives it to the patient ("a normal temperature of 36.6")."""

_FEET = (
    r"(?<![\d./])(?P<feet>[3-7])[ ]?(?:ft|feet|foot)\b\.?(?:[ ,]{0,2}(?P<inches>\d{1,2})"
    r"(?![\d.]|[ ]?(?:st|lb|kg|stone|y|%))"
    r"(?:[ ]?(?:in(?:ch(?:es)?)?\b|\"|''|\u2033))?)?"
)
_QUOTED = (
    r"(?<![\d./])(?P<feet_>[3-7])[ ]?['\u2032\u2019][ ]?(?P<inches_>\d{1,2})(?!\d)"
    r"(?:[ ]?(?:\"|''|\u2033|in(?:ches)?\b))?"
)
HEIGHT = re.compile(
    rf"(?<![\d./])(?P<cm>\d{{2,3}}(?:\.\d)?)[ ]?(?:cms?|centimet(?:re|er)s?)\b"
    r"|(?<![\d./])(?P<m>[012]\.\d{1,2})[ ]?(?:m|met(?:re|er)s?)\b"
    r"|(?<![\d./])(?P<bare>1\d{2}|2[01]\d)(?=[ ]tall\b)"
    r"|(?<![\d./])(?P<only>[4-8]\d)[ ]?in(?:ches)?\b"
    rf"|{_FEET}|{_QUOTED}"
)
HEIGHT_NAMED = re.compile(r"\b(?:heights?|hight|ht|tall)\b[^.;\d]{0,24}$")
TALL = re.compile(r"[ ]?(?:\([^)]{1,16}\)[ ]?)?(?:tall|in height)\b")
WEIGHED = re.compile(r"\d[ ]?(?:kgs?|kilos?|lbs?|pounds?|st|stones?)\b")
NOT_HEIGHT = re.compile(
    r"\b(?:waist|lump|mass|nodule|cyst|spleen|liver|scar|wound|jvp|head|circumference|hip|from|away)\b[^.;]{0,16}$"
)
