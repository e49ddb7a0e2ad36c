import { DefaultNamingStrategy, Table, type NamingStrategyInterface } from 'typeorm';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const bare = (table: Table | string): string => (typeof table === 'string' ? table : table.name).split('.').at(-1) ?? '';

/** Names that a person can read in a plan or an error: `created_by_id`, `pk_segment`, `fk_segment_model_id`. */
export class NamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snake(propertyName);
  }
  override joinColumnName(relationName: string, referencedColumnName: string): string {
    return `${snake(relationName)}_${referencedColumnName}`;
  }
  override primaryKeyName(table: Table | string): string {
    return `pk_${bare(table)}`;
  }
  override foreignKeyName(table: Table | string, columnNames: string[]): string {
    return `fk_${bare(table)}_${columnNames.join('_')}`;
  }
}
