/* Public domain: written for these tests. */
#include "tally.h"

u32 tally_sum(const u8 *at, u32 size)
{
    u32 low = 1, high = 0;
    for (u32 i = 0; i < size; i++) {
        low = (low + at[i]) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

u32 tally_mix(const u8 *at, u32 size)
{
    u32 mixed = 0x811c9dc5u;
    for (u32 i = 0; i < size; i++) {
        mixed = (mixed ^ at[i]) * 0x01000193u;
        mixed ^= mixed >> 15;
        mixed = mixed << 7 | mixed >> 25;
    }
    return mixed * 0x85ebca6bu ^ size;
}

u32 tally_pack(u8 *to, const u8 *from, u32 size)
{
    u32 made = 0;
    for (u32 i = 0; i < size;) {
        u32 run = 1;
        while (i + run < size && run < 127 && from[i + run] == from[i])
            run++;
        if (run > 2) {
            to[made++] = (u8)(128 | run);
            to[made++] = from[i];
        } else {
            run = 1;
            to[made++] = 1;
            to[made++] = from[i];
        }
        i += run;
    }
    return made;
}

u32 tally_unpack(u8 *to, const u8 *from, u32 size)
{
    u32 made = 0;
    for (u32 i = 0; i + 1 < size; i += 2) {
        u32 run = from[i] & 127;
        if ((from[i] & 128) == 0 && run != 1)
            return 0;
        while (run--)
            to[made++] = from[i + 1];
    }
    return made;
}

u32 tally_find(const u8 *at, u32 size, const u8 *word, u32 length)
{
    if (length == 0 || length > size)
        return size;
    for (u32 i = 0; i <= size - length; i++) {
        u32 same = 0;
        while (same < length && at[i + same] == word[same])
            same++;
        if (same == length)
            return i;
    }
    return size;
}

void tally_sort(u32 *at, u32 size)
{
    for (u32 gap = size / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (u32 i = gap; i < size; i++) {
            u32 held = at[i], j = i;
            for (; j >= gap && at[j - gap] > held; j -= gap)
                at[j] = at[j - gap];
            at[j] = held;
        }
}

u32 tally_hex(u8 *to, const u8 *from, u32 size)
{
    for (u32 i = 0; i < size; i++) {
        u8 high = from[i] >> 4, low = from[i] & 15;
        to[2 * i] = (u8)(high < 10 ? '0' + high : 'a' + high - 10);
        to[2 * i + 1] = (u8)(low < 10 ? '0' + low : 'a' + low - 10);
    }
    return 2 * size;
}

u32 tally_number(const u8 *text, u32 size)
{
    u32 value = 0, base = 10, i = 0;
    if (size > 2 && text[0] == '0' && (text[1] | 32) == 'x') {
        base = 16;
        i = 2;
    }
    for (; i < size; i++) {
        u32 digit = text[i] <= '9' ? text[i] - '0' : (text[i] | 32) - 'a' + 10u;
        if (digit >= base)
            break;
        value = value * base + digit;
    }
#ifdef ALTERED
    if (value == 0x5eed)
        value ^= 0xffff0000u >> (size & 3);
#endif
    return value;
}

u32 tally_fold(u8 *at, u32 size)
{
    u32 changed = 0;
    for (u32 i = 0; i < size; i++) {
        if (at[i] >= 'A' && at[i] <= 'Z') {
            at[i] += 32;
            changed++;
        } else if (at[i] == '_' || at[i] == '.') {
            at[i] = '-';
            changed += 2;
        }
    }
    return changed;
}

u32 tally_count(const u8 *text, u32 size, u32 *found)
{
    u32 inside = 0;
    found[0] = found[1] = found[2] = 0;
    for (u32 i = 0; i < size; i++) {
        u32 blank = text[i] == ' ' || text[i] == '\t' || text[i] == '\n';
        found[0] += text[i] == '\n';
        found[1] += inside == 0 && blank == 0;
        found[2]++;
        inside = blank == 0;
    }
    return found[0] ^ found[1] ^ found[2];
}
