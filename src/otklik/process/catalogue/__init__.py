"""Words by code: Russian, English. Read through `otklik.process.refusal_words`; a test holds each code to have both."""
