"""The pages on which a member of a Huawei Cloud enterprise starts."""
