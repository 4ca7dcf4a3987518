"""`python -m tryggmote` is the command `tryggmote`."""

from tryggmote.cli import main

if __name__ == "__main__":
    main()
