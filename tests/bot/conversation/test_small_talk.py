"""What is said beside the asking, and what is left to search without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.small_talk import (
    SmallTalkKind,
    plain,
    without_small_talk,
)

GREETING, THANKS, IDENTITY, HELP, *_ = SmallTalkKind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("hi", GREETING),
        ("Hello!", GREETING),
        ("hey there", GREETING),
        ("Hiya all,", GREETING),
        ("Good morning", GREETING),
        ("good evening.", GREETING),
        ("Bonjour", GREETING),
        ("안녕하세요", GREETING),
        ("Hello, how are you today?", GREETING),
        ("Nice to meet you", GREETING),
        ("thanks", THANKS),
        ("Many thanks!", THANKS),
        ("thank you so much", THANKS),
        ("thx", THANKS),
        ("감사합니다", THANKS),
        ("ok", THANKS),
        ("Great, thanks!", THANKS),
        ("Perfect. That helped a lot", THANKS),
        ("got it", THANKS),
        ("bye", THANKS),
        ("Good bye!", THANKS),
        # Thanks count more than a greeting.
        ("hi, thanks", THANKS),
        ("thanks, good evening", THANKS),
        ("who are you?", IDENTITY),
        ("What is Pincite?", IDENTITY),
        ("are you a robot?", IDENTITY),
        ("Are you a human or a machine?", IDENTITY),
        ("Hi, who are you?", IDENTITY),
        ("is this chatgpt", IDENTITY),
        ("ok thanks bye!", THANKS),
        ("great, thx 👍", THANKS),
        ("Thank you so much - goodbye", THANKS),
        ("hello 👋", GREETING),
        ("can I trust this?", SmallTalkKind.TRUST),
        ("are you sure?", SmallTalkKind.TRUST),
        ("give me the pdf", SmallTalkKind.DOCUMENT),
        ("Could you send me the full report, please?", SmallTalkKind.DOCUMENT),
        ("when was the report published", SmallTalkKind.PUBLICATION),
        ("who wrote this", SmallTalkKind.PUBLICATION),
        ("summarise the report", SmallTalkKind.SUMMARY),
        ("tl;dr", SmallTalkKind.SUMMARY),
        ("list of topics", SmallTalkKind.TOPICS),
        ("What topics do you cover?", SmallTalkKind.TOPICS),
        ("that's not what I asked", SmallTalkKind.MISSED),
        ("you didn’t answer my question", SmallTalkKind.MISSED),
        ("what?", SmallTalkKind.PUZZLED),
        ("no that’s wrong", SmallTalkKind.MISSED),
        ("hmm, not quite what I was looking for", SmallTalkKind.MISSED),
        ("oops wrong group, sorry", SmallTalkKind.NO),
        ("Is anybody there?", GREETING),
        ("hello? you there?", GREETING),
        ("are you paid by the government?", IDENTITY),
        ("was this written by an AI?", IDENTITY),
        ("Muchas gracias, adiós", THANKS),
        ("vielen Dank!", THANKS),
        ("спасибо", THANKS),
        ("yes", SmallTalkKind.YES),
        ("no", SmallTalkKind.NO),
        ("this is useless", SmallTalkKind.SWEARING),
        ("👍", THANKS),
        ("❤️", THANKS),
        ("😡", SmallTalkKind.MISSED),
        ("🌍", SmallTalkKind.SIGNS),
        ("merci beaucoup", THANKS),
        ("Danke, tschüss", THANKS),
        ("hello?? anyone there", GREETING),
        ("no thats wrong", SmallTalkKind.MISSED),
        ("are you run by the government?", IDENTITY),
        ("🇰🇵", SmallTalkKind.SIGNS),
        ("help", HELP),
        ("Can you help me?", HELP),
        ("what can I ask?", HELP),
        ("How does this work?", HELP),
        ("I don’t know what to ask", HELP),
        ("which reports do you have?", HELP),
        ("Thanks! What can you do?", HELP),
        ("examples", HELP),
    ],
)
def test_a_line_that_asks_the_library_nothing_is_small_talk(line, kind):
    assert without_small_talk(line) == ("", kind)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        # What only begins like small talk is a question.
        ("high prices of rice", "high prices of rice"),
        ("hiding places", "hiding places"),
        ("Thanks to whom did they flee?", "Thanks to whom did they flee?"),
        ("good schools for girls", "good schools for girls"),
        ("great famine of 1996", "great famine of 1996"),
        ("nice houses in Kell", "nice houses in Kell"),
        ("ok corral", "ok corral"),
        ("what is songbun?", "what is songbun?"),
        ("who wrote the constitution?", "who wrote the constitution?"),
        ("What do people say about it?", "What do people say about it?"),
        ("is that true?", "is that true?"),
        ("which sections of society suffer?", "which sections of society suffer?"),
        ("summarise the situation of women", "summarise the situation of women"),
        ("who is the author of the law?", "who is the author of the law?"),
        ("hell on earth in camps", "hell on earth in camps"),
        ("no food?", "no food?"),
        ("wrong verdicts of courts", "wrong verdicts of courts"),
        ("is it wrong to leave?", "is it wrong to leave?"),
        ("are there homeless people?", "are there homeless people?"),
        ("ok corral and the law", "ok corral and the law"),
        # How a question is put is none of it.
        ("ok and the camps?", "and the camps?"),
        ("is it true that wells ran dry?", "wells ran dry?"),
        ("I heard that wells ran dry", "wells ran dry"),
        ("217 fled - correct?", "217 fled?"),
        ("what happened?", "what happened?"),
        ("text messages", "text messages"),
        ("ok and the price of rice?", "and the price of rice?"),
        ("ok corral closed", "ok corral closed"),
        ("who are the kulaks?", "who are the kulaks?"),
        ("help for prisoners", "help for prisoners"),
        ("examples of torture", "examples of torture"),
        ("Are you allowed to leave?", "Are you allowed to leave?"),
        ("wellness of prisoners", "wellness of prisoners"),
        ("showers in camps", "showers in camps"),
        # Small talk before the question goes.
        ("Hi, what is songbun?", "what is songbun?"),
        ("hey what is songbun?", "what is songbun?"),
        ("Hello there! Good morning. What is songbun?", "What is songbun?"),
        ("Thanks! And women?", "And women?"),
        ("Great. Why?", "Why?"),
        ("ok – why?", "why?"),
        ("Thank you very much, and in 2013?", "and in 2013?"),
        # Courtesies before it and after it go.
        ("Please tell me about songbun", "songbun"),
        ("Could you please tell me whether radios are legal?", "radios are legal?"),
        ("Can you show me prices", "prices"),
        ("Do you know if radios are legal?", "radios are legal?"),
        ("I’d like to know about wells", "wells"),
        ("I would like to find out if wells ran dry", "wells ran dry"),
        ("I was wondering whether wells ran dry", "wells ran dry"),
        ("I'm looking for prices of rice", "prices of rice"),
        ("well, why?", "why?"),
        ("what is songbun, please?", "what is songbun?"),
        ("what is songbun thanks", "what is songbun"),
        ("why? Thank you!", "why?!"),
        # A courtesy that is all there is stays, as there is nothing behind it.
        ("please", "please"),
        ("tell me about", "tell me about"),
        ("  what is songbun?  ", "what is songbun?"),
        ("", ""),
    ],
)
def test_a_question_is_left_without_what_stands_around_it(line, asked):
    assert without_small_talk(line)[0] == asked


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Hi, what is songbun?", GREETING),
        ("Thanks! And women?", THANKS),
        ("Hi, thanks, and women?", THANKS),
        ("Please tell me about songbun", None),
        ("what is songbun?", None),
    ],
)
def test_what_small_talk_a_question_held_is_told(line, kind):
    assert without_small_talk(line)[1] is kind


@given(
    st.sampled_from(["Hi, ", "hello! ", "Thanks. ", "Good morning, ", "OK, ", "please ", ""]),
    st.sampled_from(["could you tell me ", "I want to know ", "do you know ", ""]),
    st.sampled_from(["why wells ran dry?", "what is songbun?", "in 2013?", "who fled"]),
)
def test_no_word_of_a_question_is_taken_for_courtesy(before, courtesy, question):
    assert without_small_talk(f"{before}{courtesy}{question}")[0] == question


@given(st.text(max_size=60))
def test_what_is_asked_is_an_end_of_the_line_or_nothing(line):
    asked, kind = without_small_talk(line)
    assert asked == "" or asked.strip(" ?!.,;:") in line
    assert kind is None or kind in SmallTalkKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What's  THIS?", "what's this"),
        ("what’s this", "what's this"),
        (" more, please! ", "more please"),
        ("and…", "and"),
        ("3.5", "3 5"),
        ("?!", ""),
    ],
)
def test_texts_compare_without_case_stops_and_curls(text, expected):
    assert plain(text) == expected
