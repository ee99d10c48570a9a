"""What a journey is played with: a world, its people, their browsers, and the words on the pages."""
