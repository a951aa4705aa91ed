/* lib/handover/items.c - lists of papers: what may stand in one, and how two differ. */
#include <string.h>

#include "application/application.h"
#include "handover/handover.h"

static const char *pointer(gs_call *call, uint64_t index, const char *member)
{
    return gs_arena_print(call->work.arena, "/items/%llu%s", (unsigned long long)index, member);
}

/* ---- what they are ------------------------------------------------------------------------------------ */

/* What the actor may not read is not there. */
static govsvc_status find_application(gs_call *call, const char *number, const govsvc_application **out)
{
    const gs_table *table = gs_table_of(call->host, &gs_record_application);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, table->record)), gs_text(number)};
    int64_t id;
    gs_row *row;
    govsvc_status status = gs_query_integer(call->work.connection, table->number_sql, values, 2, &id);
    if (!status)
        status = gs_row_load(&call->work, table, id, &row);
    if (status)
        return status;
    *out = row->at;
    return gs_roles_within(call->actor, GS_ROLE_STAFF, table->record, row->at) ? GOVSVC_OK : GOVSVC_NOT_FOUND;
}

static const govsvc_material *material_of(const govsvc_matter *matter, const char *code)
{
    for (uint64_t i = 0; i < matter->material_count; i++)
        if (strcmp(matter->materials[i]->code, code) == 0)
            return matter->materials[i];
    return NULL;
}

static govsvc_status check_material(gs_call *call, const govsvc_application *application, uint64_t index,
                                    govsvc_handover_item *item)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_matter_load(call, application->matter_id, &matter);
    if (status)
        return status;
    const govsvc_material *material = material_of(matter, item->material);
    if (!material)
        return gs_refuse_in_words(call, pointer(call, index, "/material"), "listed", "该事项不要求此材料",
                                  "the matter does not ask for this material", NULL);
    item->name = material->name;
    return GOVSVC_OK;
}

static govsvc_status check_item(gs_call *call, const char *organ, uint64_t index, govsvc_handover_item *item)
{
    const govsvc_application *application;
    govsvc_status status = find_application(call, item->number, &application);
    if (status == GOVSVC_NOT_FOUND)
        return gs_refuse(call, pointer(call, index, "/number"), "exists", NULL, item->number);
    if (status)
        return status;
    if (!application->organ || strcmp(application->organ, organ) != 0)
        return gs_refuse_in_words(call, pointer(call, index, "/number"), "organ", "该办件不由收件机关办理",
                                  "another organ handles this application", NULL);
    return check_material(call, application, index, item);
}

govsvc_status gs_papers_check(gs_call *call, const char *organ, gs_papers papers, gs_papers *named)
{
    const govsvc_handover_item **items = gs_arena_array(call->work.arena, papers.count + 1, sizeof *items);
    govsvc_status status = items ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < papers.count && !status; i++) {
        govsvc_handover_item *item = gs_arena_alloc(call->work.arena, sizeof *item);
        if (!item)
            return GOVSVC_NO_MEMORY;
        *item = *papers.items[i];
        items[i] = item;
        status = check_item(call, organ, i, item);
        if (status == GOVSVC_INVALID) /* it was told; the others are looked at too */
            status = GOVSVC_OK;
    }
    *named = (gs_papers){items, papers.count};
    if (!status)
        gs_papers_check_twice(call, papers);
    return status;
}

/* ---- how many they are -------------------------------------------------------------------------------- */

/* The index of the same material of the same application before end; end: there is none. */
static uint64_t index_of(gs_papers papers, const govsvc_handover_item *item, uint64_t end)
{
    uint64_t i = 0;
    while (i < end && (strcmp(papers.items[i]->material, item->material) != 0 ||
                       strcmp(papers.items[i]->number, item->number) != 0))
        i++;
    return i;
}

void gs_papers_check_twice(gs_call *call, gs_papers papers)
{
    for (uint64_t i = 1; i < papers.count; i++)
        if (index_of(papers, papers.items[i], i) < i)
            gs_refuse(call, pointer(call, i, ""), "duplicate", NULL, papers.items[i]->material);
}

bool gs_papers_name(gs_arena *arena, gs_papers from, gs_papers papers, gs_papers *named)
{
    const govsvc_handover_item **items = gs_arena_array(arena, papers.count + 1, sizeof *items);
    for (uint64_t i = 0; items && i < papers.count; i++) {
        govsvc_handover_item *item = gs_arena_alloc(arena, sizeof *item);
        uint64_t at = index_of(from, papers.items[i], from.count);
        if (!item)
            return false;
        *item = *papers.items[i];
        item->name = at < from.count ? from.items[at]->name : NULL;
        items[i] = item;
    }
    *named = (gs_papers){items, papers.count};
    return items != NULL;
}

int64_t gs_papers_copies(gs_papers papers, const govsvc_handover_item *item)
{
    uint64_t i = index_of(papers, item, papers.count);
    return i < papers.count ? papers.items[i]->copies : 0;
}

/* An item that stands on one list alone has none on the other. */
static void tell(gs_call *call, const char *field, const govsvc_handover_item *item, int64_t sent,
                 int64_t counted)
{
    gs_arena *arena = call->work.arena;
    const char *had = gs_arena_print(arena, "%s %s: %lld", item->number, item->material, (long long)sent);
    gs_refuse(call, field, "count", had, gs_arena_print(arena, "%lld", (long long)counted));
}

void gs_papers_compare(gs_call *call, gs_papers sent, gs_papers counted)
{
    gs_papers_check_twice(call, counted);
    for (uint64_t i = 0; i < counted.count; i++) {
        int64_t copies = gs_papers_copies(sent, counted.items[i]);
        if (copies != counted.items[i]->copies)
            tell(call, pointer(call, i, "/copies"), counted.items[i], copies, counted.items[i]->copies);
    }
    for (uint64_t i = 0; i < sent.count; i++)
        if (index_of(counted, sent.items[i], counted.count) == counted.count)
            tell(call, "/items", sent.items[i], sent.items[i]->copies, 0);
}
