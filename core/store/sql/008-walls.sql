-- Each category has a guide of its own for its shelf, as rows that staff can edit.

INSERT INTO table_class VALUES ('category_guide', 'domain');

-- A category without a row takes the nearest one above it.
CREATE TABLE category_guide (
	id INTEGER PRIMARY KEY REFERENCES category (id), -- whose it is
	title TEXT NOT NULL, -- the heading; '': made of the category's name
	lines TEXT NOT NULL CHECK (lines <> '') -- one below the other, numbered when printed
) STRICT;

-- Until now every category's guide was that of the library.
INSERT INTO category_guide (id, title, lines)
	SELECT id, '共享书屋使用指引', '欢迎在这里看书，看多久都行；看完按书上的标签放回原处。
借书：先扫共享卡，再扫书上的标签或条形码。
还书：在服务台扫一下书就行，不用带卡。'
	FROM category WHERE code = 'book';
