"""What is said to a question in a language that Pincite does not read. Pure."""

_ENGLISH = "Pincite reads questions and reports in English. Please ask this in English."
# Each says the same as the English one.
_TEXTS = {
    "ar": "يقرأ Pincite الأسئلة والتقارير باللغة الإنجليزية. يرجى طرح هذا السؤال بالإنجليزية.",
    "de": "Pincite liest Fragen und Berichte auf Englisch. Bitte stellen Sie diese Frage auf "
    "Englisch.",
    "es": "Pincite lee preguntas e informes en inglés. Haga esta pregunta en inglés, por favor.",
    "fa": "Pincite پرسش‌ها و گزارش‌ها را به انگلیسی می‌خواند. لطفاً این را به انگلیسی بپرسید.",
    "fr": "Pincite lit les questions et les rapports en anglais. Veuillez poser cette question en "
    "anglais.",
    "it": "Pincite legge domande e rapporti in inglese. Si prega di porre questa domanda in "
    "inglese.",
    "ja": "Pincite は英語の質問と報告書を読みます。この質問を英語でお願いします。",
    "ko": "Pincite는 영어로 된 질문과 보고서를 읽습니다. 이 질문을 영어로 해 주세요.",
    "nl": "Pincite leest vragen en rapporten in het Engels. Stel deze vraag alstublieft in het "
    "Engels.",
    "pt": "O Pincite lê perguntas e relatórios em inglês. Por favor, faça esta pergunta em inglês.",
    "ru": "Pincite читает вопросы и отчёты на английском языке. Пожалуйста, задайте этот вопрос "
    "по-английски.",
    "tr": "Pincite soruları ve raporları İngilizce okur. Lütfen bu soruyu İngilizce sorun.",
    "uk": "Pincite читає запитання та звіти англійською мовою. Будь ласка, поставте це запитання "
    "англійською.",
    "vi": "Pincite đọc câu hỏi và báo cáo bằng tiếng Anh. Vui lòng hỏi câu này bằng tiếng Anh.",
    "zh": "Pincite 阅读英文的问题和报告。请用英文提出这个问题。",
}


def unread(language: str) -> str:
    """The sentence in a language (ISO 639-1), where there is one, and the English one."""
    return " ".join(text for text in (_TEXTS.get(language), _ENGLISH) if text)
