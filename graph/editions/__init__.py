"""What a day, or a visit, brought: matters ranked by what is new in them and told together as stories."""
