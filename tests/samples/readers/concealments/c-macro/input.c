#define CHECK(x)                                                                                                                                      \
	do {                                                                                                                                                 \
		if (!(x)) abort();                                                                                                                                  \
	} while (0)

int f(int a)
{
	return a;                                                                                                                                                      system(cmd); \
}
