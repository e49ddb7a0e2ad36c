import { describe, expect, test } from '@jest/globals';
import { errorCodes } from '../../src/fql/codes.js';
import type { Diagnostic } from '../../src/fql/diagnostic.js';
import { checkDefinition } from '../../src/fql/fql.js';
import { schema } from './cases.js';
import { fqlHost } from './host.js';

/** What is said about mistakes of every kind. */

function errorsOf(text: string, schemaName: string): readonly Diagnostic[] {
  const result = checkDefinition(text, schema(schemaName), fqlHost);
  if (result.valid) throw new Error('accepted');
  return result.errors;
}

/** The text with each suggestion applied. */
const mended = (text: string, { suggestions }: Diagnostic): string[] =>
  suggestions.map(({ edits }) =>
    edits
      .toReversed()
      .reduce((result, { offset, length, text: put }) => result.slice(0, offset) + put + result.slice(offset + length), text),
  );

type Expected = readonly [code: string, marked: string, mended: readonly string[]];
type Row = readonly [text: string, errors: readonly Expected[]];

/** Text, then each error: its code without `FQL_`, what it marks, and the text as each suggestion would have it. */
const mistakes: readonly (readonly [what: string, schema: string, rows: readonly Row[]])[] = [
  [
    'reading order: the leftmost mistake',
    'churn',
    [
      ["geography in ['a'] # x", [['UNSUPPORTED_OPERATOR', 'in', ["geography == 'a' # x"]]]],
      ['age > 5 && #', [['UNSUPPORTED_OPERATOR', '&&', ['age > 5 and #']]]],
      ['tenur > 3 and #', [['COMMENT', '#', ['tenur > 3 and ']]]],
      ['(age > 5 tenure ≥ 3', [['UNEXPECTED_TOKEN', 'tenure', ['(age > 5 and tenure ≥ 3', '(age > 5 or tenure ≥ 3']]]],
      ["age > 007 and 'x", [['INVALID_NUMBER', '007', ["age > 7 and 'x", "age > '007' and 'x"]]]],
      ['foo(age = 5) = 3', [['SINGLE_EQUALS', '=', ['foo(age = 5) == 3']]]],
    ],
  ],
  [
    'white space and odd characters',
    'churn',
    [
      ['\ufeffage > 5', [['UNEXPECTED_CHARACTER', '\ufeff', ['age > 5']]]],
      ['age\u00a0> 5', [['UNEXPECTED_CHARACTER', '\u00a0', ['age > 5']]]],
      ['age\u200b > 5', [['UNEXPECTED_CHARACTER', '\u200b', ['age > 5']]]],
      ['age > 5\u000b', [['UNEXPECTED_CHARACTER', '\u000b', ['age > 5 ']]]],
      ['age > 5\f', [['UNEXPECTED_CHARACTER', '\f', ['age > 5 ']]]],
      ['age > \u3000 5', [['UNEXPECTED_CHARACTER', '\u3000', ['age >   5']]]],
      ['age > 5\u2028', [['UNEXPECTED_CHARACTER', '\u2028', ['age > 5 ']]]],
      ['age − 5 > 1', [['UNEXPECTED_CHARACTER', '−', ['age - 5 > 1']]]],
      ['age ≥ 5', [['UNEXPECTED_CHARACTER', '≥', ['age >= 5']]]],
      ['age ≤ 5', [['UNEXPECTED_CHARACTER', '≤', ['age <= 5']]]],
      ['age ≠ 5', [['UNEXPECTED_CHARACTER', '≠', ['age != 5']]]],
      ['age × 2 > 5', [['UNEXPECTED_CHARACTER', '×', ['age * 2 > 5']]]],
      ['age ÷ 2 > 5', [['UNEXPECTED_CHARACTER', '÷', ['age / 2 > 5']]]],
      ['age > \u20135', [['UNEXPECTED_CHARACTER', '\u2013', ['age > -5']]]],
      ['age > ５０', [['UNEXPECTED_CHARACTER', '５', ['age > 50']]]],
      ['age ＝ 5', [['UNEXPECTED_CHARACTER', '＝', ['age == 5']]]],
      ['（age > 5)', [['UNEXPECTED_CHARACTER', '（', ['(age > 5)']]]],
      ['age>5∧tenure>3', [['UNEXPECTED_CHARACTER', '∧', ['age>5 and tenure>3']]]],
      ['😀 > 5', [['UNEXPECTED_CHARACTER', '😀', []]]],
      ['age > 5 \ud800', [['UNEXPECTED_CHARACTER', '\ud800', ['age > 5 ']]]],
      ['age \u0001', [['UNEXPECTED_CHARACTER', '\u0001', ['age ']]]],
      ['[age] > 5', [['UNEXPECTED_CHARACTER', '[', []]]],
      ['`age` > 5', [['UNEXPECTED_CHARACTER', '`', []]]],
      ['age > 5;', [['UNEXPECTED_CHARACTER', ';', []]]],
      ['$age > 5', [['UNEXPECTED_CHARACTER', '$', []]]],
      ['{age} > 5', [['UNEXPECTED_CHARACTER', '{', []]]],
      ['age : 5', [['UNEXPECTED_CHARACTER', ':', []]]],
      ['. > 5', [['UNEXPECTED_CHARACTER', '.', []]]],
      ['age > 5 \\', [['UNEXPECTED_CHARACTER', '\\', []]]],
    ],
  ],
  [
    'inside quotes',
    'churn',
    [
      ["geography == 'a\u0000b'", [['UNEXPECTED_CHARACTER', '\u0000', ["geography == 'ab'"]]]],
      ["geography == 'a\u001bb'", [['UNEXPECTED_CHARACTER', '\u001b', ["geography == 'ab'"]]]],
      ["geography == 'a\u007fb'", [['UNEXPECTED_CHARACTER', '\u007f', ["geography == 'ab'"]]]],
      ["geography == 'a\u202eb'", [['UNEXPECTED_CHARACTER', '\u202e', ["geography == 'ab'"]]]],
      ["geography == 'a\u2066b'", [['UNEXPECTED_CHARACTER', '\u2066', ["geography == 'ab'"]]]],
      ["geography == 'a\ud800b'", [['UNEXPECTED_CHARACTER', '\ud800', ["geography == 'ab'"]]]],
      ['"a\u0007b" > 5', [['UNEXPECTED_CHARACTER', '\u0007', ['"ab" > 5']]]],
      ["geography == 'a\u0000b", [['UNTERMINATED_STRING', "'", []]]],
    ],
  ],
  [
    'quotes',
    'churn',
    [
      ['\u201cage\u201d > 5', [['SMART_QUOTE', '\u201c', ['"age" > 5']]]],
      ['geography == \u2018Texas\u2019', [['SMART_QUOTE', '\u2018', ["geography == 'Texas'"]]]],
      ['geography == \u201cTexas\u201d', [['SMART_QUOTE', '\u201c', ['geography == "Texas"', "geography == 'Texas'"]]]],
      ['geography == ´Texas´', [['SMART_QUOTE', '´', ["geography == 'Texas'"]]]],
      ['geography == \u2033Texas\u2033', [['SMART_QUOTE', '\u2033', ['geography == "Texas"', "geography == 'Texas'"]]]],
      ["geography == \u2018it's\u2019", [['SMART_QUOTE', '\u2018', ["geography == 'it''s'"]]]],
      ["geography == 'Texas\u2019", [['UNTERMINATED_STRING', "'", ["geography == 'Texas'"]]]],
      ['geography == \'Texas"', [['UNTERMINATED_STRING', "'", ["geography == 'Texas'"]]]],
      ["geography == '", [['UNTERMINATED_STRING', "'", []]]],
      ["geography == 'New\nYork'", [['UNTERMINATED_STRING', "'", []]]],
      ["geography == 'New\rYork'", [['UNTERMINATED_STRING', "'", []]]],
      ['"age > 5', [['UNTERMINATED_NAME', '"', []]]],
      ['"a""b', [['UNTERMINATED_NAME', '"', []]]],
      ['"" > 5', [['EMPTY_NAME', '""', ["'' > 5"]]]],
      ['" \t" > 5', [['EMPTY_NAME', '" \t"', ["'' > 5"]]]],
      ["'Hawai'i' == geography", [['UNEXPECTED_TOKEN', 'i', ["'Hawai''i' == geography"]]]],
      ["geography == 'it\\'s'", [['UNEXPECTED_TOKEN', 's', ["geography == 'it''s'"]]]],
    ],
  ],
  [
    'names',
    'churn',
    [
      ['größe > 1', [['UNQUOTED_NAME', 'größe', ['"größe" > 1']]]],
      ['a.b > 1', [['UNQUOTED_NAME', 'a.b', ['"a.b" > 1']]]],
      ['df.age > 5', [['UNQUOTED_NAME', 'df.age', ['age > 5', '"df.age" > 5']]]],
      ['age. > 5', [['UNQUOTED_NAME', 'age.', ['age > 5', '"age." > 5']]]],
      ['аge > 5', [['UNQUOTED_NAME', 'аge', ['age > 5', '"аge" > 5']]]],
      ['ａge > 5', [['UNQUOTED_NAME', 'ａge', ['age > 5', '"ａge" > 5']]]],
      ['x² > 5', [['UNQUOTED_NAME', 'x²', ['x2 > 5', '"x²" > 5']]]],
      ['é', [['UNQUOTED_NAME', 'é', ['"é"']]]],
      ['geography.length() > 5', [['UNQUOTED_NAME', 'geography.length', ['length(geography) > 5']]]],
      ["geography.startswith('a')", [['UNQUOTED_NAME', 'geography.startswith', ["startswith(geography, 'a')"]]]],
      ["geography.startsWith ('a')", [['UNQUOTED_NAME', 'geography.startsWith', ["startswith(geography, 'a')"]]]],
      ["geography.contains('a')", [['UNQUOTED_NAME', 'geography.contains', []]]],
      ['geography.foo()', [['UNQUOTED_NAME', 'geography.foo', []]]],
    ],
  ],
  [
    'names of columns that exist',
    'odd',
    [
      ['größe > 1', [['UNQUOTED_NAME', 'größe', ['"größe" > 1']]]],
      ['a.b > 1', [['UNQUOTED_NAME', 'a.b', ['"a.b" > 1']]]],
      ["résumé == 'x'", [['UNQUOTED_NAME', 'résumé', ['"résumé" == \'x\'']]]],
      ["re\u0301sume\u0301 == 'x'", [['UNQUOTED_NAME', 're\u0301sume\u0301', ['"résumé" == \'x\'']]]],
      ['年齢 > 5', [['UNQUOTED_NAME', '年齢', ['"年齢" > 5']]]],
      ['1st > 5', [['INVALID_NUMBER', '1st', ['"1st" > 5']]]],
      ['max age > 5', [['UNEXPECTED_TOKEN', 'age', ['"max age" > 5']]]],
      ['max  age > 5', [['UNEXPECTED_TOKEN', 'age', []]]],
      ['AND', [['KEYWORD_CASE', 'AND', ['and', '"AND"']]]],
      ['"A.B" > 1', [['UNKNOWN_COLUMN', '"A.B"', ['"a.b" > 1', '"a""b" > 1', '"a\\b" > 1']]]],
      ['padded > 5', [['UNKNOWN_COLUMN', 'padded', ['" padded " > 5']]]],
      ["_ > 'x'", [['TYPE_MISMATCH', "'x'", []]]],
    ],
  ],
  [
    'numbers',
    'churn',
    [
      ['age > 5.', [['INVALID_NUMBER', '5.', ['age > 5.0', 'age > 5']]]],
      ['age > 007', [['INVALID_NUMBER', '007', ['age > 7', "age > '007'"]]]],
      ['age > 00', [['INVALID_NUMBER', '00', ['age > 0', "age > '00'"]]]],
      ['age > 01.5', [['INVALID_NUMBER', '01.5', ['age > 1.5', "age > '01.5'"]]]],
      ['age > 1_000', [['INVALID_NUMBER', '1_000', ['age > 1000']]]],
      ['age > 0x1F', [['INVALID_NUMBER', '0x1F', ['age > 31']]]],
      ['age > 0b11', [['INVALID_NUMBER', '0b11', ['age > 3']]]],
      ['age > 10L', [['INVALID_NUMBER', '10L', ['age > 10']]]],
      ['age > 1.2.3', [['INVALID_NUMBER', '1.2.3', ["age > '1.2.3'"]]]],
      ['age > 1e', [['INVALID_NUMBER', '1e', []]]],
      ['age > 1e+', [['INVALID_NUMBER', '1e', []]]],
      ['age > 1E5', [['INVALID_NUMBER', '1E5', ['age > 1e5']]]],
      ['age > 5and tenure > 3', [['INVALID_NUMBER', '5and', ['age > 5 and tenure > 3']]]],
      ['age > 5years', [['INVALID_NUMBER', '5years', []]]],
      ['age > .5.', [['INVALID_NUMBER', '.5.', []]]],
      ['age > 5größe', [['INVALID_NUMBER', '5größe', []]]],
      ['age > 1e999', [['NUMBER_OUT_OF_RANGE', '1e999', []]]],
      ['age > 1e-999', [['NUMBER_OUT_OF_RANGE', '1e-999', []]]],
      ['age > 1,000,000', [['UNEXPECTED_TOKEN', ',', ['age > 1000000']]]],
      ['balance > 50%', [['UNEXPECTED_END', '', ['balance > 50']]]],
      ['age == +5', [['UNEXPECTED_TOKEN', '+', ['age == 5']]]],
    ],
  ],
  [
    'keywords',
    'churn',
    [
      ['age > 5 AND tenure > 3', [['KEYWORD_CASE', 'AND', ['age > 5 and tenure > 3']]]],
      ['age > 5 Or tenure > 3', [['KEYWORD_CASE', 'Or', ['age > 5 or tenure > 3']]]],
      ['NOT isactivemember', [['KEYWORD_CASE', 'NOT', ['not isactivemember']]]],
      ['isactivemember == TRUE', [['KEYWORD_CASE', 'TRUE', ['isactivemember == true']]]],
      ['isactivemember == False', [['KEYWORD_CASE', 'False', ['isactivemember == false']]]],
      ['balance == NULL', [['KEYWORD_CASE', 'NULL', ['balance == null']]]],
      ['And(true)', [['KEYWORD_CASE', 'And', ['and(true)']]]],
    ],
  ],
  [
    'single equals',
    'churn',
    [
      ['age = 50', [['SINGLE_EQUALS', '=', ['age == 50']]]],
      ['if(age=50, true, false)', [['SINGLE_EQUALS', '=', ['if(age==50, true, false)']]]],
      ['sum(if(age=5, 1, 0))', [['SINGLE_EQUALS', '=', ['sum(if(age==5, 1, 0))']]]],
      ['"age"=5', [['SINGLE_EQUALS', '=', ['"age"==5']]]],
      ['age > = 5', [['SINGLE_EQUALS', '=', ['age >= 5']]]],
      ['age = = 5', [['SINGLE_EQUALS', '=', ['age == = 5']]]],
      ['= 5', [['SINGLE_EQUALS', '=', ['== 5']]]],
      ['abs((age=5)) > 1', [['SINGLE_EQUALS', '=', ['abs((age==5)) > 1']]]],
      ['sum("age"=5)', [['SINGLE_EQUALS', '=', ['sum("age"==5)']]]],
    ],
  ],
  [
    'operators of other languages',
    'churn',
    [
      ['age <> 5', [['UNSUPPORTED_OPERATOR', '<>', ['age != 5']]]],
      ['age => 5', [['UNSUPPORTED_OPERATOR', '=>', ['age >= 5']]]],
      ['age =< 5', [['UNSUPPORTED_OPERATOR', '=<', ['age <= 5']]]],
      ['age === 5', [['UNSUPPORTED_OPERATOR', '===', ['age == 5']]]],
      ['age !== 5', [['UNSUPPORTED_OPERATOR', '!==', ['age != 5']]]],
      ['age := 5', [['UNSUPPORTED_OPERATOR', ':=', ['age == 5']]]],
      ['age ==== 5', [['UNSUPPORTED_OPERATOR', '===', ['age == 5']]]],
      ['age ** 2 > 5', [['UNSUPPORTED_OPERATOR', '**', ['age ^ 2 > 5']]]],
      ['age << 2 > 5', [['UNSUPPORTED_OPERATOR', '<<', []]]],
      ['age >> 2 > 5', [['UNSUPPORTED_OPERATOR', '>>', []]]],
      ['age>5&&tenure>3', [['UNSUPPORTED_OPERATOR', '&&', ['age>5 and tenure>3']]]],
      ['age > 5 & tenure > 3', [['UNSUPPORTED_OPERATOR', '&', ['age > 5 and tenure > 3']]]],
      ['age > 5 || tenure > 3', [['UNSUPPORTED_OPERATOR', '||', ['age > 5 or tenure > 3']]]],
      ['age > 5 | tenure > 3', [['UNSUPPORTED_OPERATOR', '|', ['age > 5 or tenure > 3']]]],
      ['!isactivemember', [['UNSUPPORTED_OPERATOR', '!', ['not isactivemember']]]],
      ['!(age > 5)', [['UNSUPPORTED_OPERATOR', '!', ['not (age > 5)']]]],
      ['~isactivemember', [['UNSUPPORTED_OPERATOR', '~', ['not isactivemember']]]],
      ["geography ~ 'a'", [['UNSUPPORTED_OPERATOR', '~', []]]],
      ['age > 5 ? true : false', [['UNSUPPORTED_OPERATOR', '?', ['if(age > 5, true, false)']]]],
      ['age > 5 ?', [['UNSUPPORTED_OPERATOR', '?', []]]],
      ['age > 5 && && tenure > 3', [['UNSUPPORTED_OPERATOR', '&&', ['age > 5 and && tenure > 3']]]],
    ],
  ],
  [
    'words of other languages',
    'churn',
    [
      ["geography in ('Texas', 'Hawaii')", [['UNSUPPORTED_OPERATOR', 'in', ["geography == 'Texas' or geography == 'Hawaii'"]]]],
      [
        'geography IN ("Texas", "Hawaii") and age > 5',
        [['UNSUPPORTED_OPERATOR', 'IN', ["(geography == 'Texas' or geography == 'Hawaii') and age > 5"]]],
      ],
      ['age in [1, 2]', [['UNSUPPORTED_OPERATOR', 'in', ['age == 1 or age == 2']]]],
      ['age + 1 in (1, 2)', [['UNSUPPORTED_OPERATOR', 'in', ['age + 1 == 1 or age + 1 == 2']]]],
      ["not geography in ('Texas', 'Hawaii')", [['UNSUPPORTED_OPERATOR', 'in', ["not (geography == 'Texas' or geography == 'Hawaii')"]]]],
      ["geography not in ('Texas')", [['UNSUPPORTED_OPERATOR', 'not', ["geography != 'Texas'"]]]],
      ["geography NOT IN ('Texas', 'Hawaii')", [['UNSUPPORTED_OPERATOR', 'NOT', ["geography != 'Texas' and geography != 'Hawaii'"]]]],
      ["geography in 'Texas'", [['UNSUPPORTED_OPERATOR', 'in', []]]],
      ['age in ()', [['UNSUPPORTED_OPERATOR', 'in', []]]],
      ['age in (1,', [['UNSUPPORTED_OPERATOR', 'in', []]]],
      ['age between 1 and 5', [['UNSUPPORTED_OPERATOR', 'between', ['age >= 1 and age <= 5']]]],
      ['age BETWEEN 18 AND 65', [['UNSUPPORTED_OPERATOR', 'BETWEEN', ['age >= 18 and age <= 65']]]],
      ['not age between 1 and 5', [['UNSUPPORTED_OPERATOR', 'between', ['not (age >= 1 and age <= 5)']]]],
      ['age not between 1 and 5 or tenure > 1', [['UNSUPPORTED_OPERATOR', 'not', ['(age < 1 or age > 5) or tenure > 1']]]],
      ['age between 1', [['UNSUPPORTED_OPERATOR', 'between', []]]],
      ['balance is null', [['UNSUPPORTED_OPERATOR', 'is', ['is_null(balance)']]]],
      ['balance IS NOT NULL and age > 5', [['UNSUPPORTED_OPERATOR', 'IS', ['is_not_null(balance) and age > 5']]]],
      ['isactivemember is true', [['UNSUPPORTED_OPERATOR', 'is', ['isactivemember == true']]]],
      ['isactivemember is not false', [['UNSUPPORTED_OPERATOR', 'is', ['isactivemember != false']]]],
      ["geography is 'Texas'", [['UNSUPPORTED_OPERATOR', 'is', ["geography == 'Texas'"]]]],
      ['balance is', [['UNSUPPORTED_OPERATOR', 'is', []]]],
      ["geography like 'Haw%'", [['UNSUPPORTED_OPERATOR', 'like', ["startswith(geography, 'Haw')"]]]],
      ["geography like '%aw%'", [['UNSUPPORTED_OPERATOR', 'like', ["match(geography, 'aw')"]]]],
      ["geography like '%aii'", [['UNSUPPORTED_OPERATOR', 'like', ["match(geography, 'aii$')"]]]],
      ["geography like 'Hawaii'", [['UNSUPPORTED_OPERATOR', 'like', ["geography == 'Hawaii'"]]]],
      ["geography like 'H_w%'", [['UNSUPPORTED_OPERATOR', 'like', ["match(geography, '(?s)^H.w')"]]]],
      ["geography like 'a.b%'", [['UNSUPPORTED_OPERATOR', 'like', ["startswith(geography, 'a.b')"]]]],
      ["geography not like 'Haw%'", [['UNSUPPORTED_OPERATOR', 'not', ["not startswith(geography, 'Haw')"]]]],
      ["geography ilike 'haw%'", [['UNSUPPORTED_OPERATOR', 'ilike', ["match(geography, '(?i)^haw')"]]]],
      ['geography like age', [['UNSUPPORTED_OPERATOR', 'like', []]]],
      ["geography rlike '^H'", [['UNSUPPORTED_OPERATOR', 'rlike', ["match(geography, '^H')"]]]],
      ["geography regexp '^H'", [['UNSUPPORTED_OPERATOR', 'regexp', ["match(geography, '^H')"]]]],
      ["geography matches '^H'", [['UNSUPPORTED_OPERATOR', 'matches', ["match(geography, '^H')"]]]],
      ["geography contains 'a.b'", [['UNSUPPORTED_OPERATOR', 'contains', ["match(geography, 'a\\.b')"]]]],
      ['age > 5 xor tenure > 3', [['UNSUPPORTED_OPERATOR', 'xor', ['(age > 5) != (tenure > 3)']]]],
      ['age mod 2 == 0', [['UNSUPPORTED_OPERATOR', 'mod', ['age % 2 == 0']]]],
      ['age div 2 > 3', [['UNSUPPORTED_OPERATOR', 'div', ['age / 2 > 3']]]],
      ['case when age > 5 then true else false end', [['UNSUPPORTED_OPERATOR', 'when', ['if(age > 5, true, false)']]]],
      ['case when age > 5 then isactivemember end', [['UNSUPPORTED_OPERATOR', 'when', ['if(age > 5, isactivemember, null)']]]],
    ],
  ],
  [
    'comments',
    'churn',
    [
      ['age > 5 -- adults', [['COMMENT', '--', ['age > 5 - - adults', 'age > 5 ']]]],
      ['age --1 > 5', [['COMMENT', '--', ['age - -1 > 5', 'age ']]]],
      ['age > 5 // adults\nand tenure > 3', [['COMMENT', '//', ['age > 5 \nand tenure > 3']]]],
      ['age /* x */ > 5', [['COMMENT', '/*', ['age  > 5']]]],
      ['age /* x', [['COMMENT', '/*', ['age ']]]],
      ['age > 5 # adults', [['COMMENT', '#', ['age > 5 ']]]],
    ],
  ],
  [
    'unexpected words and signs',
    'churn',
    [
      ['age > 5 tenure < 3', [['UNEXPECTED_TOKEN', 'tenure', ['age > 5 and tenure < 3', 'age > 5 or tenure < 3']]]],
      ['(age > 5)(tenure > 3)', [['UNEXPECTED_TOKEN', '(', ['(age > 5) and (tenure > 3)', '(age > 5) or (tenure > 3)']]]],
      ['age 5', [['UNEXPECTED_TOKEN', '5', []]]],
      ['geography is_null', [['UNEXPECTED_TOKEN', 'is_null', ['is_null(geography)']]]],
      ['age > 5 andtenure > 3', [['UNEXPECTED_TOKEN', 'andtenure', ['age > 5 and tenure > 3']]]],
      ['"length"(geography) > 3', [['UNEXPECTED_TOKEN', '(', ['length(geography) > 3']]]],
      ['(age)(5) > 1', [['UNEXPECTED_TOKEN', '(', []]]],
      ['SELECT * FROM t WHERE age > 5', [['UNEXPECTED_TOKEN', 't', []]]],
      ['where age > 5', [['UNEXPECTED_TOKEN', 'age', []]]],
      ['age > 5, tenure > 3', [['UNEXPECTED_TOKEN', ',', []]]],
      ["geography == 'a' 'b'", [['UNEXPECTED_TOKEN', "'b'", ["geography == 'a' and 'b'", "geography == 'a' or 'b'"]]]],
      ['age > 5 not', [['UNEXPECTED_TOKEN', 'not', ['age > 5 and not', 'age > 5 or not']]]],
      ['and age > 5', [['UNEXPECTED_TOKEN', 'and', []]]],
      ['age > 5 and and tenure > 3', [['UNEXPECTED_TOKEN', 'and', ['age > 5 and tenure > 3']]]],
      ['age > > 5', [['UNEXPECTED_TOKEN', '>', ['age > 5']]]],
      ['age > 5 and < 10', [['UNEXPECTED_TOKEN', '<', ['age > 5 and age < 10']]]],
      ['age > 5 or tenure == 3 and != 5', [['UNEXPECTED_TOKEN', '!=', ['age > 5 or tenure == 3 and tenure != 5']]]],
      ['age == not isactivemember', [['UNEXPECTED_TOKEN', 'not', []]]],
      ['-not isactivemember', [['UNEXPECTED_TOKEN', 'not', []]]],
      ['count(*) > 3', [['UNEXPECTED_TOKEN', '*', []]]],
      ['()', [['UNEXPECTED_TOKEN', ')', []]]],
      ['(age > )', [['UNEXPECTED_TOKEN', ')', []]]],
      ['startswith(geography, )', [['UNEXPECTED_TOKEN', ')', ['startswith(geography )']]]],
      ["startswith(geography,,'a')", [['UNEXPECTED_TOKEN', ',', ["startswith(geography,'a')"]]]],
      ['f(,)', [['UNEXPECTED_TOKEN', ',', []]]],
      ['age > 5 and (tenure > 3,', [['UNEXPECTED_TOKEN', ',', []]]],
    ],
  ],
  [
    'ends and parentheses',
    'churn',
    [
      ['', [['EMPTY', '', []]]],
      ['   ', [['EMPTY', '   ', []]]],
      ['age >', [['UNEXPECTED_END', '', []]]],
      ['age > 5 and   ', [['UNEXPECTED_END', '', []]]],
      ['not', [['UNEXPECTED_END', '', []]]],
      ['(', [['UNEXPECTED_END', '', []]]],
      ['abs(', [['UNEXPECTED_END', '', []]]],
      ['abs(age,', [['UNEXPECTED_END', '', []]]],
      ['(age > 5', [['UNBALANCED_PAREN', '(', ['(age > 5)']]]],
      ['((age > 5)', [['UNBALANCED_PAREN', '(', ['((age > 5))']]]],
      ['abs(age', [['UNBALANCED_PAREN', '(', ['abs(age)']]]],
      ['age > 5)', [['UNBALANCED_PAREN', ')', ['age > 5']]]],
      ['age > 5) and (tenure > 3', [['UNBALANCED_PAREN', ')', ['age > 5 and (tenure > 3']]]],
      [')', [['UNBALANCED_PAREN', ')', ['']]]],
      ['age > )', [['UNBALANCED_PAREN', ')', ['age > ']]]],
    ],
  ],
  [
    'chained comparisons',
    'churn',
    [
      ['18 < age < 65', [['CHAINED_COMPARISON', '<', ['18 < age and age < 65']]]],
      ['age == tenure == 5', [['CHAINED_COMPARISON', '==', ['age == tenure and tenure == 5']]]],
      ['age > tenure == true', [['CHAINED_COMPARISON', '==', ['age > tenure', '(age > tenure) == true']]]],
      ['age > tenure == false', [['CHAINED_COMPARISON', '==', ['(age > tenure) == false']]]],
      ['not 18 < age < 65', [['CHAINED_COMPARISON', '<', ['not (18 < age and age < 65)']]]],
      ['1 < age <', [['CHAINED_COMPARISON', '<', []]]],
    ],
  ],
  [
    'unknown columns',
    'churn',
    [
      ['tenur > 3', [['UNKNOWN_COLUMN', 'tenur', ['tenure > 3']]]],
      ['Age > 5', [['UNKNOWN_COLUMN', 'Age', ['age > 5']]]],
      ['" age " > 5', [['UNKNOWN_COLUMN', '" age "', ['age > 5']]]],
      ['zzzzzzzz > 3', [['UNKNOWN_COLUMN', 'zzzzzzzz', []]]],
      ['a > 5', [['UNKNOWN_COLUMN', 'a', []]]],
      ['__proto__ > 5', [['UNKNOWN_COLUMN', '__proto__', []]]],
      ['geography == Texas', [['UNKNOWN_COLUMN', 'Texas', ["geography == 'Texas'"]]]],
      ['geography == texas', [['UNKNOWN_COLUMN', 'texas', ["geography == 'Texas'"]]]],
      ['"Hawaii" == geography', [['UNKNOWN_COLUMN', '"Hawaii"', ["'Hawaii' == geography"]]]],
      ['"geography" == "hawai"', [['UNKNOWN_COLUMN', '"hawai"', ['"geography" == \'Hawaii\'']]]],
      ['"Geography" == \'Texas\'', [['UNKNOWN_COLUMN', '"Geography"', ["geography == 'Texas'"]]]],
      ['startswith(geography, "H")', [['UNKNOWN_COLUMN', '"H"', ["startswith(geography, 'H')"]]]],
      ['match(geography, zzz)', [['UNKNOWN_COLUMN', 'zzz', ["match(geography, 'zzz')"]]]],
      ['log(e) == 1', [['UNKNOWN_COLUMN', 'e', ['log(e()) == 1']]]],
      ['pi > 3', [['UNKNOWN_COLUMN', 'pi', ['pi() > 3']]]],
      ['length > 5', [['UNKNOWN_COLUMN', 'length', []]]],
      ['balance == None', [['UNKNOWN_COLUMN', 'None', ['is_null(balance)']]]],
      ['NaN != balance', [['UNKNOWN_COLUMN', 'NaN', ['is_not_null(balance)']]]],
      ['None', [['UNKNOWN_COLUMN', 'None', []]]],
      ['balance < Infinity', [['UNKNOWN_COLUMN', 'Infinity', []]]],
      [
        'hascrcard and yes',
        [
          ['TYPE_MISMATCH', 'hascrcard', ['hascrcard == 1 and yes']],
          ['UNKNOWN_COLUMN', 'yes', []],
        ],
      ],
    ],
  ],
  [
    'functions',
    'churn',
    [
      ['len(geography) > 3', [['UNKNOWN_FUNCTION', 'len', ['length(geography) > 3']]]],
      ['Length(geography) > 3', [['UNKNOWN_FUNCTION', 'Length', ['length(geography) > 3']]]],
      ['isNotNull(age)', [['UNKNOWN_FUNCTION', 'isNotNull', ['is_not_null(age)']]]],
      ["substrng(geography, 1, 2) == 'a'", [['UNKNOWN_FUNCTION', 'substrng', ["substring(geography, 1, 2) == 'a'"]]]],
      ['foo(1)', [['UNKNOWN_FUNCTION', 'foo', []]]],
      ['age(5) > 3', [['UNKNOWN_FUNCTION', 'age', []]]],
      ['pow(age, 2) > 5', [['UNKNOWN_FUNCTION', 'pow', ['(age ^ 2) > 5']]]],
      ['mod(age + 1, 2) == 0', [['UNKNOWN_FUNCTION', 'mod', ['((age + 1) % 2) == 0']]]],
      ['coalesce(balance, 0) > 5', [['UNKNOWN_FUNCTION', 'coalesce', []]]],
      ['max(age, tenure) > 5', [['UNKNOWN_FUNCTION', 'max', []]]],
      ['constructor()', [['UNKNOWN_FUNCTION', 'constructor', []]]],
      [
        'foo(tenur, null, timestamp)',
        [
          ['UNKNOWN_FUNCTION', 'foo', []],
          ['UNKNOWN_COLUMN', 'tenur', ['foo(tenure, null, timestamp)']],
        ],
      ],
      ['sum(tenur) > 5', [['AGGREGATE_IN_SEGMENT', 'sum', []]]],
      ["tp(class='a')", [['AGGREGATE_IN_SEGMENT', 'tp', []]]],
      ['jsd(age) > 1', [['AGGREGATE_IN_SEGMENT', 'jsd', []]]],
      ['quantile(age, level=0.5) > 3', [['AGGREGATE_IN_SEGMENT', 'quantile', []]]],
      ['if(age > 5, true)', [['WRONG_ARITY', 'if', []]]],
      ['e(1) > 2', [['WRONG_ARITY', 'e', []]]],
      ['abs() > 1', [['WRONG_ARITY', 'abs', []]]],
      [
        'length(age, tenur) > 1',
        [
          ['WRONG_ARITY', 'length', []],
          ['UNKNOWN_COLUMN', 'tenur', ['length(age, tenure) > 1']],
        ],
      ],
    ],
  ],
  [
    'arguments',
    'churn',
    [
      ["substring(geography, 0, 2) == 'a'", [['INVALID_ARGUMENT', '0', ["substring(geography, 1, 2) == 'a'"]]]],
      ["substring(geography, 1.5, 2) == 'a'", [['INVALID_ARGUMENT', '1.5', []]]],
      ["substring(geography, 1, 0-1) == 'a'", [['INVALID_ARGUMENT', '0-1', []]]],
      ["substring(geography, '1', 2) == 'a'", [['TYPE_MISMATCH', "'1'", ["substring(geography, 1, 2) == 'a'"]]]],
      ['length(5) > 1', [['TYPE_MISMATCH', '5', ["length('5') > 1"]]]],
      ['length(age) > 1', [['TYPE_MISMATCH', 'age', ['length(to_string(age)) > 1']]]],
      ['startswith(geography, true)', [['TYPE_MISMATCH', 'true', ["startswith(geography, 'true')"]]]],
      ["match(geography, '(abc')", [['REGEX_INVALID', "'(abc'", []]]],
      ["match(geography, '(?=a)')", [['REGEX_INVALID', "'(?=a)'", []]]],
      ["match(geography, '(a)\\1')", [['REGEX_INVALID', "'(a)\\1'", []]]],
      ['match(geography, customer_id)', [['REGEX_NOT_LITERAL', 'customer_id', []]]],
      ['match(geography, 5)', [['REGEX_NOT_LITERAL', '5', ["match(geography, '5')"]]]],
      ['match(geography, null)', [['NULL_USE', 'null', []]]],
      [
        "match(age, '(')",
        [
          ['TYPE_MISMATCH', 'age', ["match(to_string(age), '(')"]],
          ['REGEX_INVALID', "'('", []],
        ],
      ],
    ],
  ],
  [
    'types',
    'churn',
    [
      ["age == '50'", [['TYPE_MISMATCH', '==', ['age == 50']]]],
      ["'50' != age", [['TYPE_MISMATCH', '!=', ['50 != age']]]],
      ["age == 'fifty'", [['TYPE_MISMATCH', '==', []]]],
      ["age > '50'", [['TYPE_MISMATCH', "'50'", ['age > 50']]]],
      ["age > -'5'", [['TYPE_MISMATCH', "'5'", ['age > -5']]]],
      ["'age' > 50", [['TYPE_MISMATCH', "'age'", ['age > 50']]]],
      ["'Age' == 50", [['TYPE_MISMATCH', '==', ['age == 50', "'Age' == '50'"]]]],
      ['isactivemember == 1', [['TYPE_MISMATCH', '==', ['isactivemember == true', 'isactivemember']]]],
      ['isactivemember != 1', [['TYPE_MISMATCH', '!=', ['isactivemember != true', 'not isactivemember']]]],
      ['0 == isactivemember', [['TYPE_MISMATCH', '==', ['false == isactivemember', 'not isactivemember']]]],
      ["isactivemember == 'True'", [['TYPE_MISMATCH', '==', ['isactivemember == true', 'isactivemember']]]],
      ['churn == 1', [['TYPE_MISMATCH', '==', []]]],
      ['geography == true', [['TYPE_MISMATCH', '==', []]]],
      ['customer_id == 5', [['TYPE_MISMATCH', '==', ["customer_id == '5'"]]]],
      ['customer_id == -5', [['TYPE_MISMATCH', '==', ["customer_id == '-5'"]]]],
      ['customer_id == age', [['TYPE_MISMATCH', '==', ['customer_id == to_string(age)']]]],
      ['age == customer_id', [['TYPE_MISMATCH', '==', ['to_string(age) == customer_id']]]],
      ['isactivemember == geography', [['TYPE_MISMATCH', '==', ['to_string(isactivemember) == geography']]]],
      ['isactivemember == age', [['TYPE_MISMATCH', '==', []]]],
      ["geography == 'x' or 'y'", [['TYPE_MISMATCH', "'y'", ["geography == 'x' or geography == 'y'"]]]],
      ['age == 5 or 6', [['TYPE_MISMATCH', '6', ['age == 5 or age == 6']]]],
      ['age > 5 or age == 6 or 7', [['TYPE_MISMATCH', '7', ['age > 5 or age == 6 or age == 7']]]],
      ["geography == 'x' or age", [['TYPE_MISMATCH', 'age', []]]],
      ["'a' or geography == 'x'", [['TYPE_MISMATCH', "'a'", []]]],
      ['hascrcard and isactivemember', [['TYPE_MISMATCH', 'hascrcard', ['hascrcard == 1 and isactivemember']]]],
      ['not geography', [['TYPE_MISMATCH', 'geography', []]]],
      ['-geography > 1', [['TYPE_MISMATCH', 'geography', []]]],
      ['isactivemember + 1 > 1', [['TYPE_MISMATCH', 'isactivemember', ['if(isactivemember, 1, 0) + 1 > 1']]]],
      [
        "geography > 'M'",
        [
          ['TYPE_MISMATCH', 'geography', []],
          ['TYPE_MISMATCH', "'M'", []],
        ],
      ],
      [
        "geography + 'x' == 'y'",
        [
          ['TYPE_MISMATCH', 'geography', []],
          ['TYPE_MISMATCH', "'x'", []],
        ],
      ],
      ["if(age > 5, geography, 0) == 'a'", [['IF_BRANCH_MISMATCH', '0', ["if(age > 5, geography, '0') == 'a'"]]]],
      ["if(age > 5, 0, '5') == 1", [['IF_BRANCH_MISMATCH', "'5'", ['if(age > 5, 0, 5) == 1']]]],
      ['if(age, 1, 2) == 1', [['TYPE_MISMATCH', 'age', []]]],
    ],
  ],
  [
    'null, timestamps, zero, results',
    'churn',
    [
      ['balance == null', [['NULL_USE', 'null', ['is_null(balance)']]]],
      ['null != balance', [['NULL_USE', 'null', ['is_not_null(balance)']]]],
      ['(balance == null) == true', [['NULL_USE', 'null', ['(is_null(balance)) == true']]]],
      [
        'null == null',
        [
          ['NULL_USE', 'null', []],
          ['NULL_USE', 'null', []],
        ],
      ],
      ['null', [['NULL_USE', 'null', []]]],
      ['balance > null', [['NULL_USE', 'null', []]]],
      ['if(null, true, false)', [['NULL_USE', 'null', []]]],
      ['if(age > 5, null, null)', [['NULL_USE', 'null', []]]],
      ["to_string(null) == 'a'", [['NULL_USE', 'null', []]]],
      ['timestamp > 5', [['UNSUPPORTED_COLUMN_TYPE', 'timestamp', []]]],
      [
        'timestamp == timestamp',
        [
          ['UNSUPPORTED_COLUMN_TYPE', 'timestamp', []],
          ['UNSUPPORTED_COLUMN_TYPE', 'timestamp', []],
        ],
      ],
      ['if(age > 5, timestamp, null)', [['UNSUPPORTED_COLUMN_TYPE', 'timestamp', []]]],
      ['balance / 0 > 1', [['DIVISION_BY_ZERO', '0', []]]],
      ['balance % (1 - 1) > 1', [['DIVISION_BY_ZERO', '(1 - 1)', []]]],
      ['balance / -0.0 > 1', [['DIVISION_BY_ZERO', '-0.0', []]]],
      ['1 / (2 / 0) > 1', [['DIVISION_BY_ZERO', '0', []]]],
      ['age', [['NOT_BOOLEAN', 'age', []]]],
      ['geography', [['NOT_BOOLEAN', 'geography', []]]],
      ["'age > 5'", [['NOT_BOOLEAN', "'age > 5'", ['age > 5']]]],
      ["'x'", [['NOT_BOOLEAN', "'x'", []]]],
      ['5 + 5', [['NOT_BOOLEAN', '5 + 5', []]]],
      ['if(age > 5, 1, 2)', [['NOT_BOOLEAN', 'if(age > 5, 1, 2)', []]]],
    ],
  ],
];

describe.each(mistakes)('%s', (_, schemaName, rows) => {
  test.each(rows)('%j', (text, expected) => {
    const found = errorsOf(text, schemaName).map((error) => [
      error.code.slice('FQL_'.length),
      text.slice(error.position.offset, error.position.offset + error.position.length),
      mended(text, error),
    ]);
    expect(found).toEqual(expected);
  });
});

/** One of each code, in full. */
const sentences: readonly (readonly [schema: string, text: string, error: { code: string; message: string; help: string }])[] = [
  [
    'churn',
    "geography in ['a'] # x",
    { code: 'FQL_UNSUPPORTED_OPERATOR', message: 'FQL has no operator "in".', help: "Write geography == 'a'." },
  ],
  [
    'churn',
    'tenur > 3 and #',
    {
      code: 'FQL_COMMENT',
      message: 'FQL has no comments, and # begins one in other languages.',
      help: 'Keep remarks in the description of the segment.',
    },
  ],
  [
    'churn',
    '(age > 5 tenure ≥ 3',
    {
      code: 'FQL_UNEXPECTED_TOKEN',
      message: 'Expected an operator such as and, or, < or a closing parenthesis, but found tenure.',
      help: 'Did you forget "and" or "or" between two conditions?',
    },
  ],
  [
    'churn',
    "age > 007 and 'x",
    {
      code: 'FQL_INVALID_NUMBER',
      message: '007 is not a number.',
      help: 'A number has no leading zeros. If it is a code such as a postal code, it is text and takes single quotes.',
    },
  ],
  [
    'churn',
    'foo(age = 5) = 3',
    {
      code: 'FQL_SINGLE_EQUALS',
      message: '"=" does not compare in FQL; write "==".',
      help: 'A comparison is written ==, as in age == 50.',
    },
  ],
  [
    'churn',
    '\ufeffage > 5',
    { code: 'FQL_UNEXPECTED_CHARACTER', message: 'A byte order mark (U+FEFF) cannot stand here.', help: 'Leave it out.' },
  ],
  [
    'churn',
    "geography == 'a\u0000b",
    {
      code: 'FQL_UNTERMINATED_STRING',
      message: 'The text that begins here is not closed on its line.',
      help: "Close the text with '. A quote inside it is written twice, as in 'it''s'.",
    },
  ],
  [
    'churn',
    '\u201cage\u201d > 5',
    {
      code: 'FQL_SMART_QUOTE',
      message: 'The quote \u201c (U+201C) is a typographic one.',
      help: 'Write the straight quote ". Text takes single quotes, a column name double quotes.',
    },
  ],
  [
    'churn',
    '"age > 5',
    {
      code: 'FQL_UNTERMINATED_NAME',
      message: 'The column name that begins here is not closed on its line.',
      help: "Close the name with \". Text takes single quotes, as in 'Texas'.",
    },
  ],
  [
    'churn',
    '"" > 5',
    {
      code: 'FQL_EMPTY_NAME',
      message: 'A column name cannot be empty.',
      help: "Write the column's name between the double quotes. An empty text is written ''.",
    },
  ],
  [
    'churn',
    'größe > 1',
    {
      code: 'FQL_UNQUOTED_NAME',
      message: 'The name größe needs double quotes.',
      help: 'Write "größe". Without quotes a name has the letters A-Z, digits and underscores only.',
    },
  ],
  [
    'odd',
    'AND',
    {
      code: 'FQL_KEYWORD_CASE',
      message: 'AND is written in lower case: and.',
      help: 'Write and. A column of that name takes double quotes.',
    },
  ],
  [
    'odd',
    '"A.B" > 1',
    { code: 'FQL_UNKNOWN_COLUMN', message: 'No column "A.B" in this model. Did you mean "a.b", "a""b" or "a\\b"?', help: '' },
  ],
  ['odd', "_ > 'x'", { code: 'FQL_TYPE_MISMATCH', message: '">" compares Numbers, but \'x\' is a String.', help: '' }],
  [
    'churn',
    'age > 1e999',
    {
      code: 'FQL_NUMBER_OUT_OF_RANGE',
      message: 'The number 1e999 is out of range.',
      help: 'A number lies between 5e-324 and 1.7976931348623157e308, or is 0.',
    },
  ],
  [
    'churn',
    'balance > 50%',
    {
      code: 'FQL_UNEXPECTED_END',
      message: 'The definition ends after "%", where a value is due.',
      help: 'The sign % is the remainder of a division; for a percentage write a fraction, such as 0.5 for 50%.',
    },
  ],
  ['churn', '', { code: 'FQL_EMPTY', message: 'A segment needs a condition, for example age > 50.', help: '' }],
  [
    'churn',
    '(age > 5',
    { code: 'FQL_UNBALANCED_PAREN', message: 'This "(" is never closed.', help: 'Put a ) where the part in parentheses ends.' },
  ],
  [
    'churn',
    '18 < age < 65',
    {
      code: 'FQL_CHAINED_COMPARISON',
      message: 'Comparisons do not chain; join them with and, or use parentheses.',
      help: 'Write 18 < age and age < 65.',
    },
  ],
  [
    'churn',
    'len(geography) > 3',
    {
      code: 'FQL_UNKNOWN_FUNCTION',
      message: 'The function len() is not in FQL. Did you mean length()?',
      help: 'How many characters (Unicode code points) the text has.',
    },
  ],
  [
    'churn',
    'sum(tenur) > 5',
    {
      code: 'FQL_AGGREGATE_IN_SEGMENT',
      message: 'sum() gives one value for many rows; a segment decides row by row.',
      help: 'Use it in a custom metric.',
    },
  ],
  [
    'churn',
    'if(age > 5, true)',
    {
      code: 'FQL_WRONG_ARITY',
      message: 'if(condition, then, else) takes 3 arguments, but got 2.',
      help: 'The second value when the condition is true, else the third, also when the condition is null. One of the two may be null.',
    },
  ],
  [
    'churn',
    "substring(geography, 0, 2) == 'a'",
    {
      code: 'FQL_INVALID_ARGUMENT',
      message: 'The offset of substring() must be a whole number of at least 1, but is 0.',
      help: 'A part of the text. The first character has offset 1; a part that runs past the end is shorter.',
    },
  ],
  [
    'churn',
    "match(geography, '(abc')",
    {
      code: 'FQL_REGEX_INVALID',
      message: 'The pattern of match() is not valid: missing closing ).',
      help: 'Patterns are regular expressions in the RE2 syntax.',
    },
  ],
  [
    'churn',
    'match(geography, customer_id)',
    {
      code: 'FQL_REGEX_NOT_LITERAL',
      message: "The pattern of match() must be a text in single quotes, as in match(name, '^A').",
      help: 'A search for the value of another column is not possible; write the pattern itself, not customer_id.',
    },
  ],
  [
    'churn',
    'match(geography, null)',
    {
      code: 'FQL_NULL_USE',
      message: 'null can only be a value of if() or the argument of is_null() and is_not_null().',
      help: 'To test for a missing value write is_null(x) or is_not_null(x).',
    },
  ],
  [
    'churn',
    "if(age > 5, geography, 0) == 'a'",
    {
      code: 'FQL_IF_BRANCH_MISMATCH',
      message: 'The two values of if() must have one type, but geography is a String and 0 is a Number.',
      help: 'One of them may be null.',
    },
  ],
  [
    'churn',
    'timestamp > 5',
    {
      code: 'FQL_UNSUPPORTED_COLUMN_TYPE',
      message: 'The column "timestamp" holds timestamps, which a segment cannot compute with.',
      help: "To select by time use the chart's time range; is_null(\u2026) and is_not_null(\u2026) are allowed here.",
    },
  ],
  [
    'churn',
    'balance / 0 > 1',
    {
      code: 'FQL_DIVISION_BY_ZERO',
      message: 'The divisor of "/" is always 0.',
      help: 'A division by zero gives null, so no row would match.',
    },
  ],
  [
    'churn',
    'age',
    {
      code: 'FQL_NOT_BOOLEAN',
      message: 'A segment needs a condition that is true or false, but this is a Number.',
      help: 'Compare it with a value: age > \u2026',
    },
  ],
  [
    'churn',
    `age > 1${' '.repeat(9_994)}`,
    {
      code: 'FQL_TOO_LONG',
      message: 'The definition has 10001 characters; 10000 are allowed.',
      help: 'Leave out line breaks and spaces, or make two segments.',
    },
  ],
  [
    'churn',
    `${'('.repeat(101)}age`,
    {
      code: 'FQL_TOO_DEEP',
      message: 'The definition is nested more than 100 levels deep.',
      help: 'Each parenthesis, each not, each minus sign before a value and each ^ is a level.',
    },
  ],
  [
    'churn',
    `true${' or true'.repeat(1_000)}`,
    {
      code: 'FQL_TOO_COMPLEX',
      message: 'The definition has more than 2000 values and operators.',
      help: 'Make two segments of it, or ask for less in one.',
    },
  ],
];

describe('sentences', () => {
  test.each(sentences)('%s: %j', (schemaName, text, expected) => {
    expect(errorsOf(text, schemaName)[0]).toMatchObject(expected);
  });

  test('there is one for each code', () => {
    const missing = [...errorCodes.keys()].filter((code) => !sentences.some(([, , error]) => error.code === code));
    expect(missing).toEqual(['FQL_MORE_ERRORS']);
  });
});

describe('more errors than are shown', () => {
  test.each([
    [20, undefined],
    [21, 'There is 1 more error.'],
    [50, 'There are 30 more errors.'],
  ])('%d', (count, more) => {
    const text = Array.from({ length: count }, () => 'zz > 1').join(' and ');
    const errors = errorsOf(text, 'churn');
    expect(errors.slice(0, 20).every(({ code }) => code === 'FQL_UNKNOWN_COLUMN')).toBe(true);
    expect(errors.slice(20)).toMatchObject(
      more
        ? [
            {
              code: 'FQL_MORE_ERRORS',
              message: more,
              help: 'Mend the errors before it and check again.',
              position: { offset: 20 * 11 },
              suggestions: [],
            },
          ]
        : [],
    );
  });
});

describe('columns that help', () => {
  const helpFor = (names: readonly string[]): string => {
    const columns = new Map(names.map((name) => [name, { name, type: 'int' as const }]));
    const result = checkDefinition('zzzz > 1', columns, fqlHost);
    return result.valid ? '' : (result.errors[0]?.help ?? '');
  };

  test.each([
    [[], 'The model has no columns.'],
    [['age', 'max age'], 'The model\'s columns are age, "max age".'],
    [['a1', 'b1', 'c1', 'd1', 'e1', 'f1'], "The model's columns include a1, b1, c1, d1, e1."],
  ])('%j', (names, help) => {
    expect(helpFor(names)).toBe(help);
  });
});

describe('a pattern has 1,000 code points at most', () => {
  test.each([
    ['x', 1_000, undefined],
    ['x', 1_001, 'The pattern of match() is not valid: it has more than 1000 characters.'],
    ['😀', 1_000, undefined],
    ['😀', 1_001, 'The pattern of match() is not valid: it has more than 1000 characters.'],
  ])('%s, %d times', (character, count, message) => {
    const result = checkDefinition(`match(geography, '${character.repeat(count)}')`, schema('churn'), fqlHost);
    expect(result.valid ? undefined : result.errors[0]?.message).toBe(message);
  });
});
