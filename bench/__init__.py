"""How fast Tryggmøte answers, measured against floors of the same machine in the same minute.

    make bench                      everything below, in order
    python -m bench nation          make or reuse the database of a whole nation
    python -m bench bracket         what it costs to ask as a person
    python -m bench pages           pages on the demo and on the nation, beside two floors
    python -m bench calls           from a call for help to 50 and 5,000 screens, beside a broker

Needs the embedded server; works in databases of its own (`bench_demo`, `bench_nation`,
`bench_crowd`).
"""
