int main(int argc, char **argv)
{
	while ((c = getopt(argc, argv, "hvR:")) != -1) {
		switch (c) {
		case 'R':
			relay = optarg;
		}
	}
	if (!strcmp(argv[1], "--relay"))
		go();
}
