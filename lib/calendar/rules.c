/* lib/calendar/rules.c - holidays by rule, for years of which no notice is known.
 *
 * May use: dates, the table of feasts. The rules are the statute's days as they were in force: what
 * the State Council adds by moving weekends about nobody can know before its notice, and so all that
 * comes from here is provisional.
 */
#include "calendar/calendar.h"

#include <string.h>

/* A fixed date, or a moving feast: from 1, the columns of gs_feasts. */
enum { FIXED, SPRING_FESTIVAL, THIRD_OF_THIRD, DRAGON_BOAT, MID_AUTUMN, QINGMING };

#define NATIONAL "《全国年节及纪念日放假办法》"
#define GUANGXI "《广西壮族自治区少数民族习惯节日放假办法》"

/* The statute of 1949 as revised in 1999 (in force from National Day of that year), 2007 (2008), 2013
 * (2014) and 2024 (2025). Guangxi's decree is in force since 2014. */
const gs_rule gs_rules[] = {
    {"", 1980, 2199, FIXED, 1, 1, 1, "元旦", NATIONAL},
    {"", 1980, 2007, SPRING_FESTIVAL, 0, 0, 3, "春节", NATIONAL},
    {"", 2008, 2013, SPRING_FESTIVAL, 0, -1, 3, "春节", NATIONAL},
    {"", 2014, 2024, SPRING_FESTIVAL, 0, 0, 3, "春节", NATIONAL},
    {"", 2025, 2199, SPRING_FESTIVAL, 0, -1, 4, "春节", NATIONAL},
    {"", 2008, 2199, QINGMING, 0, 0, 1, "清明节", NATIONAL},
    {"", 1980, 1999, FIXED, 5, 1, 1, "劳动节", NATIONAL},
    {"", 2000, 2007, FIXED, 5, 1, 3, "劳动节", NATIONAL},
    {"", 2008, 2024, FIXED, 5, 1, 1, "劳动节", NATIONAL},
    {"", 2025, 2199, FIXED, 5, 1, 2, "劳动节", NATIONAL},
    {"", 2008, 2199, DRAGON_BOAT, 0, 0, 1, "端午节", NATIONAL},
    {"", 2008, 2199, MID_AUTUMN, 0, 0, 1, "中秋节", NATIONAL},
    {"", 1980, 1998, FIXED, 10, 1, 2, "国庆节", NATIONAL},
    {"", 1999, 2199, FIXED, 10, 1, 3, "国庆节", NATIONAL},
    {"45", 2014, 2199, THIRD_OF_THIRD, 0, 0, 2, "壮族三月三", GUANGXI},
};

const size_t gs_rule_count = sizeof gs_rules / sizeof *gs_rules;

static bool applies(const gs_rule *rule, const char *division, int64_t year)
{
    return strcmp(rule->division, division) == 0 && year >= rule->from_year && year <= rule->to_year;
}

/* The day of the year on which a rule's days begin. */
static int64_t begins(const gs_rule *rule, int64_t year, int64_t first)
{
    if (rule->feast == FIXED)
        return gs_days_of(year, rule->month, rule->day) - first;
    return gs_feasts[year - GOVSVC_YEAR_MIN][rule->feast - 1] + rule->day;
}

static void set_off(gs_day *day, uint32_t rule, uint8_t layer)
{
    *day = (gs_day){.which = rule, .layer = layer, .effect = GOVSVC_DAY_OFF, .provisional = true};
}

/* Marks a rule's days. Those that were days off already are counted in made_up[day]. */
static void mark(gs_year *year, uint32_t rule, int64_t begin, uint32_t *made_up)
{
    for (int64_t i = begin; i < begin + gs_rules[rule].length; i++) {
        if (!year->days[i].working)
            made_up[i]++;
        set_off(&year->days[i], rule, GS_LAYER_RULE);
    }
}

/* Art 6: a holiday that falls on a day off is made up on the next working day that is left. */
static void make_up(gs_year *year, const uint32_t *made_up)
{
    uint32_t owed = 0, rule = 0;
    for (uint32_t i = 0; i < year->length; i++) {
        gs_day *day = &year->days[i];
        if (made_up[i]) {
            owed += made_up[i];
            rule = day->which;
        } else if (owed && day->working) {
            set_off(day, rule, GS_LAYER_SUBSTITUTE);
            owed--;
        }
    }
}

void gs_rules_apply(const char *division, int64_t year, gs_year *out)
{
    uint32_t made_up[366] = {0};
    for (uint32_t i = 0; i < gs_rule_count; i++)
        if (applies(&gs_rules[i], division, year))
            mark(out, i, begins(&gs_rules[i], year, out->first), made_up);
    make_up(out, made_up);
}
