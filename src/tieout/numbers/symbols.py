"""The signs and words by which people name units of everyday use; every currency has its own code."""

from __future__ import annotations

from functools import lru_cache

from babel.core import get_global

# What a pint name is called in running text; words that are something else as well (`in`, `A`) are not here.
EVERYDAY = {
    "second": "s sec secs seconds", "minute": "min mins minutes", "hour": "h hr hrs hours", "day": "d days",
    "week": "wk weeks", "month": "months", "year": "yr yrs years", "meter": "m metre metres meters",
    "kilometer": "km kilometre kilometres kilometers",
    "centimeter": "cm centimetre centimetres centimeters",
    "millimeter": "mm millimetre millimetres millimeters",
    "micrometer": "µm μm um micron microns micrometers", "nanometer": "nm nanometre nanometres nanometers",
    "gram": "g grams", "kilogram": "kg kilograms", "milligram": "mg milligrams",
    "microgram": "µg μg ug mcg micrograms", "nanogram": "ng nanograms", "liter": "L l litre litres liters",
    "milliliter": "ml mL millilitre milliliters", "deciliter": "dL dl decilitre deciliters",
    "microliter": "µL μL uL microliters", "tonne": "tonnes", "metric_ton": "t tonnes",
    "watt_hour": "Wh", "ohm": "Ω ohms", "milliohm": "mΩ",
    "kiloohm": "kΩ", "milliampere": "mA", "milliwatt": "mW", "kilovolt": "kV", "kilonewton": "kN",
    "gigapascal": "GPa", "byte": "bytes", "gigabyte": "GB gigabytes",
    "megabyte": "MB megabytes", "terabyte": "TB terabytes", "kilobyte": "kB KB kilobytes",
    "petabyte": "PB petabytes", "hertz": "Hz", "kilohertz": "kHz", "megahertz": "MHz", "gigahertz": "GHz",
    "watt": "W watts", "kilowatt": "kW kilowatts", "megawatt": "MW megawatts", "gigawatt": "GW gigawatts",
    "terawatt": "TW terawatts", "kilowatt_hour": "kWh", "megawatt_hour": "MWh", "gigawatt_hour": "GWh",
    "terawatt_hour": "TWh", "joule": "J joules", "kilojoule": "kJ kilojoules", "megajoule": "MJ megajoules",
    "kilocalorie": "kcal kilocalories", "volt": "V volts", "millivolt": "mV millivolts",
    "newton": "N newtons", "pascal": "Pa pascals", "hectopascal": "hPa", "kilopascal": "kPa",
    "megapascal": "MPa", "millimeter_Hg": "mmHg", "kelvin": "K kelvins", "degree_Celsius": "°C ℃",
    "degree_Fahrenheit": "°F ℉", "degree": "° degrees", "mole": "mol moles", "millimole": "mmol",
    "micromole": "µmol μmol umol", "nanomole": "nmol", "millisecond": "ms milliseconds",
    "microsecond": "µs μs microseconds", "nanosecond": "ns nanoseconds", "decade": "decades",
    "century": "centuries", "hectare": "ha hectares", "mile": "miles mi", "foot": "feet ft",
    "yard": "yards", "inch": "inches", "ounce": "oz ounces", "ppm": "ppm", "ppb": "ppb", "permille": "‰",
    "basis_point": "bps bp", "pH_value": "pH", "cent": "¢ cents", "euro_cent": "eurocents eurocent",
}  # fmt: skip
# Plain English names that are several words, or no name that the registry has.
SPOKEN = {
    "percentage point": "percentage_point", "percent point": "percentage_point", "per cent": "percent",
    "percentage": "percent", "US dollar": "USD", "U.S. dollar": "USD", "dollar": "USD", "euro": "EUR",
    "pound sterling": "GBP", "British pound": "GBP", "Swiss franc": "CHF", "Japanese yen": "JPY",
    "Chinese yuan": "CNY", "Canadian dollar": "CAD", "Australian dollar": "AUD", "Indian rupee": "INR",
    "Ukrainian hryvnia": "UAH", "hryvnia": "UAH", "basis point": "basis_point",
    "US cent": "cent", "euro cent": "euro_cent",
    "degree Celsius": "degree_Celsius", "degree Fahrenheit": "degree_Fahrenheit", "mm Hg": "millimeter_Hg",
}  # fmt: skip
# A cent without the name of a currency is that of a dollar.
DEFINITIONS = (
    "ppb = 1e-9", "basis_point = 1e-4", "pH_value = [acidity]",
    "USD = [currency]", "EUR = [currency_EUR]", "cent = 0.01 * USD", "euro_cent = 0.01 * EUR",
)  # fmt: skip
# Those whose first sign people write beside a number; the others are written in words.
SIGNED = frozenset((
    "second", "minute", "hour", "meter", "kilometer", "centimeter", "millimeter", "micrometer", "nanometer",
    "gram", "kilogram", "milligram", "microgram", "nanogram", "liter", "milliliter", "deciliter",
    "microliter", "gigabyte", "megabyte", "terabyte", "kilobyte", "petabyte", "hertz", "kilohertz",
    "megahertz", "gigahertz", "watt", "kilowatt", "megawatt", "gigawatt", "terawatt", "kilowatt_hour",
    "megawatt_hour", "gigawatt_hour", "terawatt_hour", "kilojoule", "megajoule", "kilocalorie", "millivolt",
    "pascal", "hectopascal", "kilopascal", "megapascal", "millimeter_Hg", "kelvin", "degree_Celsius",
    "degree_Fahrenheit", "degree", "mole", "millimole", "micromole", "nanomole", "millisecond",
    "microsecond", "nanosecond", "hectare", "metric_ton", "watt_hour", "ohm", "milliohm", "kiloohm",
    "milliampere", "milliwatt", "kilovolt", "kilonewton", "gigapascal",
    "permille", "basis_point", "ppm", "ppb", "volt", "newton",
    "joule",
))  # fmt: skip


@lru_cache(maxsize=1)
def currencies() -> tuple[str, ...]:
    """Return the ISO code of every currency that a country uses today, the usual ones first.

    Examples
    --------
    >>> {"SEK", "CAD", "TRY"} < set(currencies()), "DEM" in currencies()
    (True, False)
    """
    held = get_global("territory_currencies").values()
    used = sorted({code for each in held for code, _, end, tender in each if end is None and tender})
    first = ("USD", "EUR", "GBP", "UAH", "CNY", "JPY", "CHF", "INR", "PLN")
    return (*first, *(code for code in used if code not in first))
