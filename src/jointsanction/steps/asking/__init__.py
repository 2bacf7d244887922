"""What is asked (提问): the words of a question read and checked, each default resolved."""
