"""Files that are pictures: finding them and decoding them."""
