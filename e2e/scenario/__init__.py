"""What a journey needs: a world, its people, their browsers, and the labels on the pages."""
