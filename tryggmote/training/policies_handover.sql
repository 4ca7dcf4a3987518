-- What goes with a unit that becomes a part of another, or with what is handed over (ADR 0032). A name of a course that the
-- other unit knows already stays as history.
select app.goes_with_unit('training_localelement');
select app.goes_with_unit('training_risklink');
select app.goes_with_unit('training_renewal');
select app.goes_with_unit('training_session');
select app.goes_with_unit('training_coursename', one_of => 'name');
