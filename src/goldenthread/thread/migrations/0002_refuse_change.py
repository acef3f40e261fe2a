from django.db import migrations

REFUSE = """
create function thread_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the record is append-only';
end $$;
create trigger entry_is_append_only before update or delete on thread_entry
    for each row execute function thread_refuse();
create trigger entry_is_not_truncated before truncate on thread_entry
    for each statement execute function thread_refuse();

create function thread_tie_may_only_end() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.ended_on is null and new.ended_on is not null
        and (old.ref, old.source_kind, old.source, old.target_kind, old.target, old.how, old.project)
          = (new.ref, new.source_kind, new.source, new.target_kind, new.target, new.how, new.project)
    then
        return new;
    end if;
    raise exception 'a tie can only end, once';
end $$;
create trigger tie_may_only_end before update or delete on thread_tie
    for each row execute function thread_tie_may_only_end();
create trigger tie_is_not_truncated before truncate on thread_tie
    for each statement execute function thread_refuse();
"""
UNDO = """
drop trigger tie_is_not_truncated on thread_tie;
drop trigger tie_may_only_end on thread_tie;
drop trigger entry_is_not_truncated on thread_entry;
drop trigger entry_is_append_only on thread_entry;
drop function thread_tie_may_only_end();
drop function thread_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("thread", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, UNDO)]
