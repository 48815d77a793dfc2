/* Public domain: a program that the library is linked into. */
#include "tally.h"

static u8 room[512];
static u32 rows[64];

u32 gate_read(const u8 *line, u32 size, u32 limit)
{
    u32 seen = 0;
    for (u32 i = 0; i < size && i < limit; i++) {
        if (line[i] == ';')
            return seen | 0x100;
        room[(i * 7 + seen) & 511] = line[i];
        seen += line[i] == '=';
    }
    return seen;
}

u32 gate_step(u32 state, u32 event)
{
    switch (state & 7) {
    case 0: return event == 3 ? 1 : 0;
    case 1: return event > 9 ? 2 : event & 1;
    case 2: rows[event & 63] += state; return 5;
    case 5: return rows[state & 63] > event ? 7 : 0;
    default: return state ^ event;
    }
}

u32 gate_run(const u8 *line, u32 size)
{
    u32 state = gate_read(line, size, 300);
    state = gate_step(state, tally_number(line, size)) + tally_sum(room, 512) + tally_mix(room, size);
#ifndef PART
    state += tally_pack(room, line, size) + tally_unpack(room, line, size) + tally_find(room, 99, line, size);
#endif
    state += tally_hex(room, line, size & 31) + tally_count(line, size, rows);
    tally_sort(rows, 64);
    return state + tally_fold(room, size & 511);
}
