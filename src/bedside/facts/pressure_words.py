"""The words of blood pressure: what a reading looks like, what is only a target, where and how it was measured."""

from __future__ import annotations

import re

_SIGN = r"(?P<sign>[<>]=?|[\u2264\u2265])?\s?"
_MMHG = r"\s?(?:mm\s?hg)?"
_DOSE = r"\s?(?:mg|mcg|micro|ug|units|insulin|mix)\b"

PAIR = re.compile(
    rf"(?<![\w./-]){_SIGN}(?P<sys>\d{{2,3}})(?:\s?(?:-|to)\s?(?P<sys_top>\d{{2,3}}))?{_MMHG}"
    r"\s?(?:/|\\|over\b|on\b)\s?(?P<dia>\d{2,3})(?:\s?-\s?(?P<dia_top>\d{2,3}))?"
    rf"(?![\d/%]|\.\d|{_DOSE})"
)
"""Two numbers of one reading: "152/96", "152 over 96", "150-160/90-95"."""

_NUMBER = "(?:number|figure|reading|one)"
_BETWEEN = "(?:is|was|of|at|now|still|about|around|always|usually|reads|reading|came back|over|above|under|below)"
_COUNTED = r"\s?(?:bpm|years?|yrs?|yo|days?|weeks?|months?|readings?|times)\b"
SINGLE = re.compile(
    r"(?<!pa )(?<!pulmonary )(?<!artery )(?<!pap )(?<!rv )(?<!lv )(?<!ventricular )(?<!eye )(?<!intraocular )"
    rf"\b(?P<name>systolic|sys|sbp|(?:top|upper|higher) {_NUMBER}|diastolic|dia|dbp|(?:bottom|lower) {_NUMBER}"
    r"|bp|blood pressure)(?: (?:bp|blood pressure|pressure|reading))?"
    rf"[ :,=]*(?:{_BETWEEN}[ :]){{0,4}}{_SIGN}(?P<value>\d{{2,3}})"
    rf"(?![\d/%]|\.\d|\s?(?:/|over\b|on\b|-)\s?\d|{_DOSE}|{_COUNTED})"
)
"""One number behind its name: "systolic 165", "bottom number is 96", "bp 150"."""

BEHIND = re.compile(r"\b(?P<value>\d{2,3})\s?(?:mm\s?hg )?(?P<name>systolic|diastolic)\b")
"""One number before its name: "165 systolic"."""

ABOUT = re.compile(
    r"\b(?:bp|b/p|bps|blood[ -]?pressures?|pressure|systolic|diastolic|sbp|dbp|mm\s?hg|hypertens\w*|htn|hypotens\w*"
    r"|readings?|abpm|hbpm|cuff|omron|obs|vitals|(?:top|bottom) number)\b"
)
"""Words that say that the text is about blood pressure."""

OTHER = re.compile(
    r"\b(?:seretide|advair|accuhaler|airduo|sirdupla|airflusal|inhaler|puffer|diskus|sinemet|stalevo|hctz|score|scored"
    r"|exam|test)\s$"
)
"""A fraction behind one of these is the strength of two medicines, or something else."""

LIMIT = re.compile(
    r"\b(?:targets?|goals?|aim(?:ing)?(?: for)?|should be|ought to be|supposed to be|thresholds?|cut[ -]?offs?|limits?"
    r"|ideal(?:ly)?|perfect|normal (?:is|range|bp|blood pressure|reading)|guidelines?|defin\w+|recommend\w*"
    r"|get it (?:to|under|below|down to)|down to)[^.;?!,\d]{0,24}$"
)
LIMIT_BEHIND = re.compile(r"\s?(?:mm\s?hg )?(?:target|goal|threshold|limit|cut[ -]?off)\b")
"""A target or a definition is named, not what somebody measured."""

SUPPOSED = re.compile(
    r"\bif [^.;?!]{0,30}\b(?:goes|went|rises|rose|gets|got|were|stays|reaches|hits|climbs|falls|drops)\b[^.;?!]{0,16}$"
)
"""A reading that is only imagined: "if it goes above 180/120"."""

RELATION = re.compile(r"\b(?P<word>over|above|more than|higher than|under|below|less than|lower than)\s$")
ABOVE = frozenset({"over", "above", "more than", "higher than"})

_HOME = (
    r"(?<!care )(?<!nursing )(?<!sent )(?<!sent me )(?<!go )(?<!went )(?<!got )(?<!back )\bhome\b(?! visit)"
    r"|\bhbpm|\bsmbp|\babpm|\bambulatory|\b24[ -]?(?:hours?|hr|h)\b|\bday-?time average"
    r"|\bself[ -]?(?:measured|monitor\w*)|\bmy (?:own )?(?:bp |blood pressure )?(?:machine|monitor|cuff)\b|\bomron"
)
_CLINIC = (
    r"\bclinic|\bsurgery|\bgps?\b|\bdoctors?\b|\bdoctor's|\bdr\b|\bnurses?\b|\bpractice|\boffice|\bhospital"
    r"|\bpharmac\w+|\bchemist|\bed\b|\ba&e|\btriage|\bdentist|\boptician|\bmidwife|\bantenatal"
)
_PLACE = rf"(?:(?P<home>{_HOME})|(?P<clinic>{_CLINIC}))"
SETTING = re.compile(_PLACE)
_WHEN = "(?:yesterday|today|this morning|this evening|tonight|earlier|last week|last night|now|again)"
SETTING_BEHIND = re.compile(
    rf"{_MMHG}\s?\(?(?:{_WHEN}\s)?(?:(?:at|in|on|by|with|from|via)\s)?(?:(?:the|my|a)\s)?{_PLACE}"
)
"""Where it was measured: at home (or by a monitor that is worn), or by somebody in a clinic."""

AVERAGE = re.compile(r"\b(?:average[ds]?|averaging|avg|mean)\b")
AVERAGE_BEHIND = re.compile(rf"{_MMHG}\s?(?:on|\()?\s?(?:average|avg|mean)\b")
