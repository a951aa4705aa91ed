/* lib/matter/graph.c - members of a bundle that wait for each other: circles and the longest path. */
#include "matter/bundle.h"

#include <string.h>

static gs_members bit(size_t member)
{
    return UINT64_C(1) << member;
}

static bool has(gs_members set, size_t member)
{
    return set >> member & 1;
}

static int size_of(gs_members set)
{
    int size = 0;
    for (; set; set &= set - 1)
        size++;
    return size;
}

/* ---- the graph --------------------------------------------------------------------------------------- */

static gs_members named(const govsvc_member *const *members, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(members[i]->code, code) == 0)
            return bit(i);
    return 0;
}

void gs_graph_of(const govsvc_member *const *members, size_t count, gs_graph *out)
{
    *out = (gs_graph){.count = count < GS_MEMBERS_MAX ? count : GS_MEMBERS_MAX};
    for (size_t i = 0; i < out->count; i++)
        for (uint64_t j = 0; j < members[i]->after_count; j++)
            out->after[i] |= named(members, out->count, members[i]->after[j]);
    memcpy(out->earlier, out->after, sizeof out->earlier);
    for (size_t by = 0; by < out->count; by++)
        for (size_t i = 0; i < out->count; i++)
            if (has(out->earlier[i], by))
                out->earlier[i] |= out->earlier[by];
}

/* ---- circles ----------------------------------------------------------------------------------------- */

/* The way back from the end of a search to where it began, into its own order. */
static size_t trace(const size_t *from, size_t start, size_t end, size_t *out)
{
    size_t count = 1, at = end;
    for (; at != start; at = from[at])
        count++;
    at = end;
    for (size_t i = count; i--; at = from[at])
        out[i] = at;
    return count;
}

size_t gs_graph_circle(const gs_graph *graph, size_t from, size_t out[GS_MEMBERS_MAX])
{
    size_t queue[GS_MEMBERS_MAX], came[GS_MEMBERS_MAX] = {0}, tail = 0;
    gs_members seen = bit(from);
    queue[tail++] = from;
    for (size_t head = 0; head < tail && has(graph->earlier[from], from); head++) {
        size_t at = queue[head];
        if (has(graph->after[at], from))
            return trace(came, from, at, out);
        for (size_t next = 0; next < graph->count; next++) {
            if (!has(graph->after[at] & ~seen, next))
                continue;
            seen |= bit(next);
            came[next] = at;
            queue[tail++] = next;
        }
    }
    return 0;
}

/* ---- the longest path -------------------------------------------------------------------------------- */

enum { NOBODY = GS_MEMBERS_MAX };

/* The one of a set that is decided last. */
static size_t last_of(const gs_graph *graph, gs_members set, const int64_t *decided)
{
    size_t last = NOBODY;
    for (size_t i = 0; i < graph->count; i++)
        if (has(set, i) && (last == NOBODY || decided[i] > decided[last]))
            last = i;
    return last;
}

int64_t gs_graph_longest(const gs_graph *graph, const int64_t *days, size_t out[GS_MEMBERS_MAX],
                         size_t *out_count)
{
    int64_t decided[GS_MEMBERS_MAX] = {0};
    size_t came[GS_MEMBERS_MAX], count = 0;
    /* whoever waits for somebody has more members before them */
    for (int size = 0; size < (int)graph->count; size++)
        for (size_t i = 0; i < graph->count; i++) {
            if (size_of(graph->earlier[i]) != size)
                continue;
            came[i] = last_of(graph, graph->after[i], decided);
            decided[i] = days[i] + (came[i] == NOBODY ? 0 : decided[came[i]]);
        }
    size_t end = last_of(graph, ~UINT64_C(0), decided);
    for (size_t at = end; at != NOBODY; at = came[at])
        count++;
    size_t at = end;
    for (size_t i = count; i--; at = came[at])
        out[i] = at;
    *out_count = count;
    return end == NOBODY ? 0 : decided[end];
}
