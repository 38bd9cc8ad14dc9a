"""The PostgreSQL that tests run on: it answers, it is new, and it leaves nothing behind."""

from sqlalchemy import create_engine, text


def ask(url: str, question: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        answer = connection.execute(text(question)).scalar_one()
    engine.dispose()
    return answer


def test_a_real_postgresql_answers(postgresql_url):
    assert str(ask(postgresql_url, "show server_version")).startswith("16")
    assert ask(postgresql_url, "show server_encoding") == "UTF8"


def test_each_test_gets_an_empty_database_of_its_own(postgresql_url, postgresql_database):
    assert postgresql_database != postgresql_url
    tables = "select count(*) from information_schema.tables where table_schema = 'public'"
    assert ask(postgresql_database, tables) == 0


def test_order_of_text_does_not_depend_on_the_machine(postgresql_database):
    assert ask(postgresql_database, "select 'Z' < 'a'") is True
