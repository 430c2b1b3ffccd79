"""Work in other processes: the one way in which anything here has work done outside its own.

A *job* is a module's own function. It gets plain JSON and a `Talk`, through which it says how far it is, and returns
plain JSON. `process` runs one job in one fresh interpreter, `pool` shares many pieces of work out among several, and
`child` is what such an interpreter does. Neither the window nor anything of it is imported there.

Both sides write one line of JSON at a time. The first line that goes in names the job as `package.module:function` and
carries its data; further lines are pieces of work for a job that asks for them. Out come `told` (news of the job's
own), and at last one of `result`, `failure` (expected: it has words for a person) or `crash` (a bug: it has a
traceback). Who wants the work no longer closes the pipe, and so does the system when the one who wanted it dies,
however that happens. The job then gets a `SystemExit`, so that its temporary folders go, and a moment later its process
ends itself with everything that it started.

`multiprocessing` was left aside. Its new processes import the program's main module again, which may be the window's;
it pickles, starts a further process that keeps count of its resources, and does not say why a process has ended.
"""
