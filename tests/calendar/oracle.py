"""tests/calendar/oracle.py - limits and clocks counted on one's fingers.

Written apart from the library, and naive on purpose: it steps from day to day, and for hours from tick to tick
(a minute; a second where the question says so). What it knows is which days are working days, and whether a
notice has said so, which the stream tells once; everything else is the law's text:

  民法典 200-203, 行政许可法 82. The day a period begins on does not count, its last day does and ends at midnight.
  Months and years end on the day of the same number, or the month's last. Natural days, months and years whose
  last day is a day off end on the next working day. Working days leave out days off.
  行政许可法 45. What a pause takes is not counted: of days those after the one it began on, up to and including the
  one it ended on; of hours the time itself. What several take is not counted once.

Questions and answers are lines of words, see answer() at the end.
"""

FIRST_YEAR, LAST_YEAR = 1980, 2099
DAY, HOUR, MINUTE, BEIJING = 86400000, 3600000, 60000, 8 * 3600000
WORKING_DAYS, NATURAL_DAYS, HOURS, OFFICE_HOURS, MONTHS, YEARS = 1, 2, 3, 4, 5, 6
RUNNING, PAUSED, MET, LATE = 1, 2, 3, 4


# ---- dates: every day of the years, in a row; a day is its index ----------------------------------------------


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year, month):
    return 29 if month == 2 and is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


DATES = [(y, m, d) for y in range(FIRST_YEAR, LAST_YEAR + 1) for m in range(1, 13)
         for d in range(1, days_in(y, m) + 1)]
TEXTS = ["%04d-%02d-%02d" % date for date in DATES]
INDEX = {date: i for i, date in enumerate(DATES)}
BEFORE = sum(366 if is_leap(year) else 365 for year in range(1970, FIRST_YEAR))


def day_of(at):
    return (at + BEIJING) // DAY - BEFORE


def start_of(day):
    return (day + BEFORE) * DAY - BEIJING


def months_on(day, months):
    year, month, number = DATES[day]
    while months > 0:
        months -= 1
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    while months < 0:
        months += 1
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    while number > days_in(year, month):
        number -= 1
    return INDEX[year, month, number]


# ---- what is known of days ------------------------------------------------------------------------------------


class Facts:
    """Of one division. A letter a day: w working, o off, m its morning off, a its afternoon off; capital where no
    notice has said so yet. And the four minutes of the day between which its offices are open."""

    def __init__(self, hours, letters):
        self.working = [letter not in "oO" for letter in letters]
        self.provisional = [letter.isupper() for letter in letters]
        self.morning = [letter not in "oOmM" for letter in letters]
        self.afternoon = [letter not in "oOaA" for letter in letters]
        self.hours = hours

    def open_windows(self, day):
        start, (a, b, c, d) = start_of(day), [minute * MINUTE for minute in self.hours]
        windows = [(start + a, start + b)] if self.morning[day] else []
        return windows + ([(start + c, start + d)] if self.afternoon[day] else [])


# ---- counting -------------------------------------------------------------------------------------------------


class End:
    """Where a limit ends. taken is how many days that would have counted pauses took."""

    def __init__(self, at, day, provisional, counted, taken=0):
        self.at, self.day, self.provisional, self.counted, self.taken = at, day, provisional, counted, taken


def paused_days(pauses):
    days = set()
    for began, ended in pauses:
        day = day_of(began)
        while day < day_of(ended):
            day += 1
            days.add(day)
    return days


def count_working_days(facts, total, back, start, pauses):
    day, left, taken, provisional = day_of(start), total, 0, False
    step, paused = -1 if back else 1, paused_days(pauses)
    while left:
        day += step
        if facts.provisional[day]:
            provisional = True
        if facts.working[day]:
            if day in paused:
                taken += 1
            else:
                left -= 1
    return End(start_of(day if back else day + 1), day, provisional, total, taken)


def count_natural_days(facts, total, back, start, pauses):
    day, left, taken, provisional = day_of(start), total, 0, False
    step, paused = -1 if back else 1, paused_days(pauses)
    while left:
        day += step
        if day in paused:
            taken += 1
        else:
            left -= 1
    if back:
        return End(start_of(day), day, False, total, taken)
    while True:
        provisional = provisional or facts.provisional[day]
        if facts.working[day] and day not in paused:
            return End(start_of(day + 1), day, provisional, total, taken)
        day += 1


def count_months(facts, total, back, start, pauses):
    end = months_on(day_of(start), -total if back else total)
    return count_natural_days(facts, abs(end - day_of(start)), back, start, pauses)


def in_pause(pauses, tick):
    for began, ended in pauses:
        if began <= tick < ended:
            return True
    return False


def count_hours(total, back, start, pauses, tick):
    at, left = start, total * HOUR // tick
    while left:
        if back:
            at -= tick
        if not in_pause(pauses, at):
            left -= 1
        if not back:
            at += tick
    return End(at, day_of(at if back else at - 1), False, total)


def ticks_of(facts, day, back, tick):
    for opens, closes in reversed(facts.open_windows(day)) if back else facts.open_windows(day):
        ticks = range(opens, closes, tick)
        yield from reversed(ticks) if back else ticks


def count_office_hours(facts, total, back, start, pauses, tick):
    day, left, provisional = day_of(start), total * HOUR // tick, False
    while True:
        provisional = provisional or facts.provisional[day]
        for at in ticks_of(facts, day, back, tick):
            if (at >= start if back else at < start) or in_pause(pauses, at):
                continue
            left -= 1
            if left == 0:
                return End(at if back else at + tick, day, provisional, total)
        day += -1 if back else 1


def reckon(facts, unit, total, back, start, pauses, tick):
    if unit == WORKING_DAYS:
        return count_working_days(facts, total, back, start, pauses)
    if unit == NATURAL_DAYS:
        return count_natural_days(facts, total, back, start, pauses)
    if unit == HOURS:
        return count_hours(total, back, start, pauses, tick)
    if unit == OFFICE_HOURS:
        return count_office_hours(facts, total, back, start, pauses, tick)
    return count_months(facts, total * 12 if unit == YEARS else total, back, start, pauses)


def reckon_ahead(facts, unit, amount, due, tick):
    """So long before a limit ends, counted from its last day; from the instant itself for hours."""
    return reckon(facts, unit, amount, True, due if unit in (HOURS, OFFICE_HOURS) else due - 1, [], tick)


# ---- a clock, as steps of a case move it ----------------------------------------------------------------------


class Clock:
    """Pauses have grounds; what is open ends by its ground, or, where none is named, as the first that is open. A
    clock goes on when nothing holds it any more. An open pause lasts as long as things stand now."""

    def __init__(self, facts, unit, amount, tick, ahead):
        self.facts, self.unit, self.amount, self.tick, self.ahead = facts, unit, amount, tick, ahead
        self.state = None

    def end(self, now):
        pauses = [(began, max(began, now) if ended is None else ended) for began, ended, _ in self.pauses]
        self.due = reckon(self.facts, self.unit, self.amount + self.extended, False, self.start, pauses, self.tick)

    def warn(self, now):
        self.timer = self.due.at
        if self.ahead:
            first = reckon_ahead(self.facts, WORKING_DAYS, self.ahead, self.due.at, MINUTE).at
            self.timer = first if first > now else self.due.at

    def started(self, now, _):
        self.start, self.pauses, self.extended, self.told, self.state = now, [], 0, 1, RUNNING
        self.end(now)
        self.warn(now)

    def paused(self, now, ground):
        self.pauses.append([now, None, ground])
        self.state = PAUSED

    def resumed(self, now, ground):
        for pause in self.pauses:
            if pause[1] is None and (ground == "0" or pause[2] == "0" or ground == pause[2]):
                pause[1] = now
                break
        if any(ended is None for _, ended, _ in self.pauses):
            return
        self.state = RUNNING
        self.end(now)
        self.warn(now)
        self.told += 1

    def extended_by(self, now, amount):
        self.extended += int(amount)
        self.end(now)
        self.warn(now)
        self.told += self.state == RUNNING

    def stopped(self, now, _):
        if self.state == PAUSED:
            self.end(now)
        self.state = MET if now < self.due.at else LATE
        self.timer = None

    def step(self, what, now, argument):
        if what == "start":
            self.started(now, argument)
        elif self.state in (RUNNING, PAUSED):
            {"pause": self.paused, "resume": self.resumed, "extend": self.extended_by, "stop": self.stopped}[what](
                now, argument)
        return "%d %d %s %s %d" % (self.state, self.due.at, TEXTS[self.due.day],
                                   "-" if self.timer is None else self.timer, self.told)


# ---- questions and answers ------------------------------------------------------------------------------------


class Words:
    def __init__(self, words):
        self.words, self.at = words, 0

    def take(self):
        self.at += 1
        return self.words[self.at - 1]

    def number(self):
        return int(self.take())

    def optional(self):
        word = self.take()
        return None if word == "-" else int(word)


class Oracle:
    def __init__(self):
        self.facts = {}

    def learn(self, words):
        """facts DIVISION MORNING-FROM TO AFTERNOON-FROM TO LETTERS, from 1 January of the first year on"""
        name, hours = words.take(), [words.number() for _ in range(4)]
        self.facts[name] = Facts(hours, words.take())

    def limit(self, words):
        """limit DIVISION UNIT AMOUNT BACKWARDS START NOW TICK PAUSES [BEGAN ENDED]... EXTENSIONS [AMOUNT]...:
        DUE DATE PROVISIONAL COUNTED TAKEN"""
        facts, unit, total = self.facts[words.take()], words.number(), words.number()
        back, start, now, tick = words.number(), words.number(), words.number(), words.number()
        pauses = [(words.number(), words.optional()) for _ in range(words.number())]
        pauses = [(began, max(began, now) if ended is None else ended) for began, ended in pauses]
        for _ in range(words.number()):
            total += words.number()
        end = reckon(facts, unit, total, back, start, pauses, tick)
        return "%d %s %d %d %d" % (end.at, TEXTS[end.day], end.provisional, end.counted, end.taken)

    def clock(self, words):
        """clock DIVISION UNIT AMOUNT TICK AHEAD STEPS [WHAT AT ARGUMENT]...:
        STATE DUE DATE TIMER TOLD, after each"""
        clock = Clock(self.facts[words.take()], words.number(), words.number(), words.number(), words.number())
        return " ".join(clock.step(words.take(), words.number(), words.take()) for _ in range(words.number()))

    def ahead(self, words):
        """ahead DIVISION UNIT AMOUNT DUE TICK: AT DATE"""
        end = reckon_ahead(self.facts[words.take()], words.number(), words.number(), words.number(), words.number())
        return "%d %s" % (end.at, TEXTS[end.day])

    def between(self, words):
        """between DIVISION FROM TO, two times: the working days after the first day, up to and including the last"""
        facts, day, last, count = self.facts[words.take()], day_of(words.number()), day_of(words.number()), 0
        while day < last:
            day += 1
            count += facts.working[day]
        return str(count)

    def answer(self, line):
        """The answer to one line; None where it only tells something."""
        words = Words(line.split())
        return {"facts": self.learn, "limit": self.limit, "clock": self.clock, "ahead": self.ahead,
                "between": self.between}[words.take()](words)
