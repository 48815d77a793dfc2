/* Public domain: written for these tests. */
#ifdef OWN
const char tally_banner[] = "tally";
#endif
typedef unsigned char u8;
typedef unsigned int u32;
u32 tally_sum(const u8 *at, u32 size);
u32 tally_mix(const u8 *at, u32 size);
u32 tally_pack(u8 *to, const u8 *from, u32 size);
u32 tally_unpack(u8 *to, const u8 *from, u32 size);
u32 tally_find(const u8 *at, u32 size, const u8 *word, u32 length);
void tally_sort(u32 *at, u32 size);
u32 tally_hex(u8 *to, const u8 *from, u32 size);
u32 tally_number(const u8 *text, u32 size);
u32 tally_fold(u8 *at, u32 size);
u32 tally_count(const u8 *text, u32 size, u32 *found);
