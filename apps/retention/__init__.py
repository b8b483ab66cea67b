"""Personal data whose time is over: listed, approved by another person, taken out, certified."""
