"""Demonstrations of a package's tasks, for those who train by imitation or offline.

`kinds` says which ways there are and how often each is wanted, `ways` and `mistakes` work one out on the machine,
`playing` replays it through the text episode and confirms its reward, `rows` writes it in a format, `making` shares the
work out and goes on where a killed run stopped, and `finishing` puts the files of the set together.

Every demonstration follows from the seed and its number alone, so runs of any number of processes, and runs that were
killed and taken up again, give the same bytes. The option not taken, writing down what a search does in passing, would
tie a demonstration to how the solver happens to work.
"""
