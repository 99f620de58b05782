"""Proposals that look alike: how alike two are, which look like this one, who may say what they are."""
