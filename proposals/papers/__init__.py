"""Papers and photos of a proposal: what is asked for, what is there, who may open it, how it is looked into and served."""
