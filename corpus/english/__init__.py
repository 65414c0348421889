"""What is particular to English: sentences, speakers, hedges, the sentence that answers."""
