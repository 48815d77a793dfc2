"""Names of calls that compare: what they compare, whether they say so by nought, which of them are given a length."""

import re

from zoll.parse.table import kinds

# by the call's last word: what it compares, where its two sides are, which argument is a length
THREE_WAY = kinds(
    "strcmp strncmp strcasecmp strncasecmp stricmp strnicmp _stricmp _strnicmp memcmp bcmp wcscmp wcsncmp wmemcmp "
    "CRYPTO_memcmp g_strcmp0 g_ascii_strcasecmp g_ascii_strncasecmp strcoll timingsafe_bcmp timingsafe_memcmp "
    "consttime_memequal compareTo compareToIgnoreCase strnatcmp strcasestr_cmp sodium_memcmp compare Compare "
    "localeCompare xstrcmp ascii_strcasecmp apr_strnatcmp OPENSSL_strcasecmp OPENSSL_strncasecmp"
)
EQUAL = kinds(
    "equals equalsIgnoreCase contentEquals streq strneq strcaseeq str_equal g_str_equal Equal EqualFold hash_equals "
    "compare_digest timingSafeEqual ConstantTimeCompare secure_compare fixed_length_secure_compare DeepEqual "
    "isEqual eql? equal? ct_eq constant_time_eq eq_ignore_ascii_case eq verify_slices_are_equal isEqualTo deepEqual "
    "is_deeply casecmp? constant_time_compare constant_time_equals safe_str_cmp"
)
PREFIX = kinds(
    "startswith startsWith HasPrefix str_starts_with starts_with start_with? starts_with? g_str_has_prefix hasPrefix"
)
SUFFIX = kinds("endswith endsWith HasSuffix str_ends_with ends_with end_with? ends_with? g_str_has_suffix hasSuffix")
CONTAINS = kinds(
    "includes contains Contains ContainsAny strstr strcasestr wcsstr memmem str_contains include? indexOf "
    "lastIndexOf Index IndexOf find strpos stripos strrpos index __contains__ in_array contains_key containsKey"
)
MATCH = kinds(
    "test match match? fullmatch search matches preg_match preg_match_all fnmatch fnmatchcase MatchString Match "
    "is_match regexec g_regex_match_simple g_pattern_match_simple ereg regex_match regex_search"
)
# free functions take both sides as arguments; as methods, one side is the receiver
WITH_LENGTH = kinds(
    "strncmp strncasecmp strnicmp _strnicmp memcmp bcmp wcsncmp wmemcmp CRYPTO_memcmp g_ascii_strncasecmp "
    "timingsafe_bcmp timingsafe_memcmp consttime_memequal sodium_memcmp OPENSSL_strncasecmp strneq"
)
POSITION = kinds("indexOf lastIndexOf Index IndexOf find strpos stripos strrpos index search")
# Names of libraries' own: `pg_strcasecmp` and `os_memcmp_const` give nought for equal, `knot_dname_is_equal` a yes.
_LIKELY_THREE_WAY = re.compile(
    r"\w{0,30}?(?:str|mem|wcs)n?_?(?:case|i)?_?cmp(?:_(?:const|secure|time|nocase))?", re.IGNORECASE
)
_LIKELY_EQUAL = re.compile(r"\w{1,40}?(?:_equals?|_is_eq|_streq\w{0,5}|[a-z](?:Equals?|Equal_To|StrEq))")
_NO_EQUAL = re.compile(
    r"(?:\A|_|(?<=[a-z])(?=[A-Z]))(?i:assert|expect|should|must|require|ensure|test|not|less|great|approx|near|almost|or|set|"
    r"add|check)"
)


def compares(last: str) -> str:
    """Return the operator that a call of a known name stands for, "" for any other call.

    >>> compares("strcmp"), compares("HasPrefix"), compares("knot_dname_is_equal")
    ('==', 'prefix', '')
    """
    if last in THREE_WAY or last in EQUAL:
        return "=="
    if last in PREFIX:
        return "prefix"
    if last in SUFFIX:
        return "suffix"
    if last in CONTAINS:
        return "contains"
    return "match" if last in MATCH else ""


def likely(last: str) -> str:
    """Return the operator that a call stands for by the form of its name, if it is given a fixed text.

    >>> likely("knot_dname_is_equal"), likely("pg_strcasecmp"), likely("assert_equal"), likely("strcpy")
    ('==', '==', '', '')
    """
    if _LIKELY_THREE_WAY.fullmatch(last):
        return "=="
    return "==" if _LIKELY_EQUAL.fullmatch(last) and not _NO_EQUAL.search(last) else ""


def three_way(last: str) -> bool:
    """Tell whether a comparing call gives nought for what is equal."""
    return last in THREE_WAY or (last not in EQUAL and bool(_LIKELY_THREE_WAY.fullmatch(last)))


def measured(last: str) -> bool:
    """Tell whether a comparing call is given over how much it goes."""
    return last in WITH_LENGTH or (
        last not in THREE_WAY | EQUAL
        and bool(_LIKELY_THREE_WAY.fullmatch(last))
        and ("ncmp" in last or "ncase" in last or "mem" in last)
    )
