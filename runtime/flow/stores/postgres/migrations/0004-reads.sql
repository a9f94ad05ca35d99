-- The target a step asked; none: it asked none. What was read may be read anew when a person tries an event again that has done nothing yet.
ALTER TABLE step ADD COLUMN target text COLLATE "C";
