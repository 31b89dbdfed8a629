package io.github.distributedlock.autoconfigure.fencing;

import javax.sql.DataSource;

import io.github.distributedlock.fencing.FencingGuard;
import io.github.distributedlock.fencing.JdbcFencingGuard;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Auto-configuration of a {@link FencingGuard} in the application's database. Whoever
 * does not use the guard gets no table: both are made when the first bean asks for the
 * guard, after all other initialization of the database.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ JdbcTemplate.class, PropertiesBasedDataSourceScriptDatabaseInitializer.class })
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(JdbcFencingProperties.class)
public final class JdbcFencingAutoConfiguration {

	@Bean
	@Lazy
	@DependsOnDatabaseInitialization
	@ConditionalOnMissingBean(FencingGuard.class)
	JdbcFencingGuard distributedLockFencingGuard(DataSource dataSource, JdbcFencingProperties properties,
			ResourceLoader resourceLoader) {
		if (properties.isTableScripted() && properties.getInitializeSchema() != DatabaseInitializationMode.NEVER) {
			initialize(dataSource, properties, resourceLoader);
		}
		return new JdbcFencingGuard(dataSource, properties.getTableName());
	}

	private static void initialize(DataSource dataSource, JdbcFencingProperties properties,
			ResourceLoader resourceLoader) {
		PropertiesBasedDataSourceScriptDatabaseInitializer<JdbcFencingProperties> initializer = new PropertiesBasedDataSourceScriptDatabaseInitializer<>(
				dataSource, properties);
		initializer.setResourceLoader(resourceLoader);
		initializer.initializeDatabase();
	}

}
