int test_build_example(int a)
{
	return a;
}
