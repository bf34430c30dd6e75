"""Made-up residents of a city, the registers that know them, and the port behind which a real system could stand."""
