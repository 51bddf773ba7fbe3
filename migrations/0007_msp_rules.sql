-- Rules of an MSP that apply to all its companies; each company's object keeps a copy.
CREATE TABLE msp_rules (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX msp_rules_in_order ON msp_rules (msp_id, position);

-- Companies that have not taken the newest of them; the sweep hands them on again.
CREATE TABLE msp_rule_pushes (
  company_id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
CREATE INDEX msp_rule_pushes_by_msp ON msp_rule_pushes (msp_id);
