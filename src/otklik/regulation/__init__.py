"""An act as data: its model, its parser, its editions and the checker that thinks about it. Pure: no Django.

A map:

- `model/`                          what an act can say
- `parse`                           an act from its files: `load_act`, `parse_text`, `shipped_acts`, `LoadedAct`
- `yamldoc`                         strict YAML with the line of every key; hostile files refused
- `context`, `walk`                 the raw data that problem finders go through, along the model
- `structure`, `references`, `flow`, `schedules`, `quotes`, `networks`   what can be wrong, all of it at once
- `problems`, `problem_words`       a problem: code, facts, file and line; its sentence in Russian and English
- `editions`, `amending`            the edition in force on a day; amendments of single clauses
- `show`, `difference`              the act as the program reads it; what changes for whom
- `russian`, `policy_words`         the words of both
- `schema`                          JSON Schemas for editors
- `cases`                           cases of an act as a lawyer writes them (run by `process.cases`)

How to add an act, and every key: docs/acts.md.
"""
