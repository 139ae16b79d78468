"""The fields of Form A of the European order for payment (Regulation 1896/2006), numbered as the form is."""
