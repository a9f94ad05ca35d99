-- What was seen is kept a reader, which is a flow at one source: a flow that is given another source begins there. Rows of before say the flow alone, until its reader takes them over.
ALTER TABLE seen RENAME COLUMN flow TO reader;
