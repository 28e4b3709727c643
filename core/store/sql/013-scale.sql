-- Words are looked for in names, title after title in their order: with the name in the index that is
-- done in a third of the time.
DROP INDEX title_pinyin;
CREATE INDEX title_pinyin ON title (pinyin, id, name);
