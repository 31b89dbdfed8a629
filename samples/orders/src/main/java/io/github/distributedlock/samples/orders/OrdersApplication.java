package io.github.distributedlock.samples.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * One node of the shop.
 */
@SpringBootApplication
@EnableConfigurationProperties(OrdersProperties.class)
public class OrdersApplication {

	/**
	 * Starts a node.
	 * @param args properties, such as {@code --orders.node=B}
	 */
	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

}
