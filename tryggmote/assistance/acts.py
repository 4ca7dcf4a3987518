"""The statements behind each act and each reading of calls: one line each, for both programs.

The acts themselves are functions of the database (`policies_acts.sql`); pages run them through Django,
the alarm program through a connection of its own. All parameters are named.
"""

RAISE = "select app.raise_call(%(call)s, %(given)s::jsonb)"
ANSWER = "select app.answer_call(%(call)s, %(answer)s)"
DESCRIBE = "select app.describe_call(%(call)s, %(kind)s, %(place)s)"
END = "select app.end_call(%(call)s, %(outcome)s)"
LINK_INCIDENT = "select app.link_incident(%(call)s, %(incident)s)"
SHOWN = "select app.calls_shown(%(calls)s)"
WAKEABLE = "select app.count_wakeable(%(person)s, %(unit)s)"
LAST_STEP = "select app.last_step()"
MINE = "select app.my_calls(%(seen)s)"
RING_FURTHER = "select app.ring_further(%(call)s, %(ring)s)"
CALLS_FOR = "select app.calls_for(%(person)s, %(seen)s)"
STATE = "select app.state_of_call(%(call)s)"
CHANNEL_FOR = "select app.channel_for(%(unit)s)"
CALLER_OF_ALARM_SYSTEM = "select app.caller_of_alarm_system(%(system)s)"
