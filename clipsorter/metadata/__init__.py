"""What is written about a picture: keywords, in the file or beside it, merged with all that is there."""
