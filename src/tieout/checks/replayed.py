"""What nbval's run and the outputs check say to each other: the file of results, and a kernel that died."""

RESULTS = "TIEOUT_REPLAY"
DEAD = "the kernel died"
