"""The cases of Power Fx that our language misses, each with the reason why."""

WAIVERS: dict[str, dict[str, list[str]]] = {
    'The names of months are known for Japanese, English and six languages, Serbian not among them.': {
        'DateValue.txt': [
            'DateTimeValue("четвртак 21 јул 2022 19:34:03", "sr-cyrl-RS")',
        ],
    },
    'ErrorKind.BadRegex reads as its name in a text: the other half of the same cases (strongly typed) expects that.': {
        'Find_StronglyTypedBuiltinEnumsDisabled.txt': [
            'Find(1, ErrorKind.BadRegex)',
            'Find(1, ErrorKind.BadRegex, 4)',
            'Find(ErrorKind.BadRegex, 156, 1)',
        ],
    },
    'A text is as long as it has code points, so that 😀 counts as one on both sides.': {
        'MatchFunctions_Unicode.txt': [
            'Len( "😀" )',
        ],
    },
    '-x^y is refused: Excel and Power Fx disagree about it.': {
        'Mod_Float.txt': [
            'Mod(10^200,-10^-200)',
        ],
    },
    'A time is kept to the microsecond.': {
        'Text_Format.txt': [
            'Text(DateTimeValue("2023-01-03 00:01:02.3456789"), "yyyy-mm-dd hh:mm:ss.0000000")',
        ],
    },
    'Text and numbers are accepted beside members of an enumeration ("Months", 2): Excel\'s users write them.': {
        'DateAdd_StronglyTypedBuiltinEnums.txt': [
            'DateAdd(Date(2011,1,15), 100000000, "milliseconds")',
            'DateAdd(Date(2011,1,15), 100000000, "milliseconds") + Time(0,0,0)',
            'Month(DateAdd(Date(2001,1,1), 3, "Quarters"))',
            'Month(DateAdd(Date(2001,1,1), 3, "quarters"))',
        ],
        'DateDiff_StronglyTypedBuiltinEnums.txt': [
            'DateDiff(Date(2011,1,15) , Date(2011,1,30), "Days")',
            'DateDiff(Date(2011,1,15) , Date(2011,1,30), "DaYs")',
            'DateDiff(Date(2011,1,15) , Date(2011,7,30), "quarters")',
            'DateDiff(Date(2021,1,1), Date(2021,2,1), "Months")',
        ],
        'IfError_V1Compat.txt': [
            'IfError( 1/0, First( [FirstError, {Kind: 2}] ).Kind )',
        ],
        'StronglyTypedEnums.txt': [
            'DateAdd(Date(2011,1,15), 100000000, "milliseconds")',
        ],
        'TableCoercion_StronglyTypedEnum.txt': [
            '[{a:ErrorKind.Div0}, {a:12}]',
            'Table({a:ErrorKind.Div0}, {a:12})',
        ],
        'WeekNum_StronglyTypedEnumEnabled.txt': [
            'WeekNum(Date(2016, 1, 3),0)',
            'WeekNum(Date(2016, 1, 3),5)',
            'WeekNum(Date(2016, 1, 3),12.5)',
        ],
        'Weekday_StronglyTypedEnum.txt': [
            'Weekday(Date(2016, 1, 3),17)',
            'Weekday(Date(2016, 1, 3),12)',
            'Weekday(Date(2016, 1, 3),14)',
            'Weekday(Date(2016, 1, 3),15)',
            'Weekday(Date(2016, 1, 3),16)',
            'Weekday(Date(2016, 1, 3),5)',
            'Weekday(DateValue("1/2/2022"),"12")',
            'Weekday(Date(2016, 1, 3),"abc")',
            'Weekday(Date(2022,1,2),"")',
        ],
    },
}
