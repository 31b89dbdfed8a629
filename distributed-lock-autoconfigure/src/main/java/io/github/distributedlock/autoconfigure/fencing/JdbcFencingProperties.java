package io.github.distributedlock.autoconfigure.fencing;

import io.github.distributedlock.fencing.JdbcFencingGuard;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

/**
 * Settings of the table of fencing tokens.
 */
@ConfigurationProperties("distributed-lock.fencing.jdbc")
public final class JdbcFencingProperties extends DatabaseInitializationProperties {

	private static final String SCHEMA = "classpath:io/github/distributedlock/fencing/schema-@@platform@@.sql";

	/**
	 * Table of fencing tokens, with its schema if it needs one. One of another name is
	 * yours to create.
	 */
	private String tableName = JdbcFencingGuard.DEFAULT_TABLE_NAME;

	/**
	 * Returns the table of fencing tokens.
	 * @return its name
	 */
	public String getTableName() {
		return this.tableName;
	}

	/**
	 * Names the table of fencing tokens.
	 * @param tableName its name
	 */
	public void setTableName(String tableName) {
		this.tableName = tableName;
	}

	@Override
	public String getDefaultSchemaLocation() {
		return SCHEMA;
	}

	/**
	 * Returns whether a schema script has this table: the shipped one has its default
	 * name.
	 */
	boolean isTableScripted() {
		return this.tableName.equals(JdbcFencingGuard.DEFAULT_TABLE_NAME) || !SCHEMA.equals(getSchema());
	}

}
